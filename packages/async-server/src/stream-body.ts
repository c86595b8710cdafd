import { CHUNK_END, chunkHead, lastChunk } from "@tinyhttp/http-parser";
import type { ContentProducer } from "./content-producer.ts";
import type { Outbox } from "./outbox.ts";

/** How much is to follow. */
export interface StreamFraming {
  readonly chunked: boolean;
  /** What Content-Length promised, in bytes. */
  readonly length: number | undefined;
}

/**
 * Sends a stream, never faster than the client takes it.
 *
 * @param isGone Whether the client is gone: nothing more is asked of the producer then.
 * @param onSent Told the size of each piece of content.
 * @throws What the producer throws; TypeError when it gives anything but bytes; RangeError when it gives more or less
 *   than was promised. The head is out by then, so the connection must be destroyed.
 */
export async function sendStream(
  producer: ContentProducer,
  outbox: Pick<Outbox, "addBytes" | "addLatin1" | "flush" | "isFull" | "taken">,
  framing: StreamFraming,
  isGone: () => boolean,
  onSent: (bytes: number) => void,
): Promise<void> {
  let left = framing.length ?? Infinity;
  for (;;) {
    const chunk = await producer.next();
    if (isGone()) return;
    if (chunk === undefined) break;
    if (!(chunk instanceof Uint8Array)) {
      throw new TypeError(`Cannot send a stream: expected Uint8Array, got ${typeof chunk}`);
    }
    if (chunk.length === 0) continue;
    left -= chunk.length;
    if (left < 0) throw new RangeError(`Cannot send a stream: expected at most ${framing.length} bytes, got more`);
    addChunk(outbox, chunk, framing.chunked);
    outbox.flush();
    onSent(chunk.length);
    if (outbox.isFull) await outbox.taken();
  }
  if (framing.length !== undefined && left > 0) {
    throw new RangeError(`Cannot send a stream: expected ${framing.length} bytes, got ${framing.length - left}`);
  }
  if (framing.chunked) outbox.addLatin1(lastChunk());
}

function addChunk(outbox: Pick<Outbox, "addBytes" | "addLatin1">, chunk: Uint8Array, chunked: boolean): void {
  if (!chunked) {
    outbox.addBytes(chunk);
    return;
  }
  outbox.addLatin1(chunkHead(chunk.length));
  outbox.addBytes(chunk);
  outbox.addLatin1(CHUNK_END);
}
