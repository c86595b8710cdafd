import { CHUNK_END, chunkHead, lastChunk } from "@tinyhttp/http-parser";
import type { Outbox } from "./outbox.ts";
import type { StreamedBody } from "./response-plan.ts";

/** Where streamed content comes from, and how to say that no more is wanted. */
export interface ContentProducer {
  next(): Promise<Uint8Array | undefined>;
  /** May be called at any time and more than once; also while `next` is under way. */
  cancel(): void;
}

/** A stream of either kind as a {@link ContentProducer}. */
export function contentProducer(stream: StreamedBody): ContentProducer {
  // A reader can be cancelled while it waits for the next chunk; an iterator of the same stream cannot.
  return "getReader" in stream ? new ReaderProducer(stream.getReader()) : new IteratorProducer(stream);
}

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
  outbox: Outbox,
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

function addChunk(outbox: Outbox, chunk: Uint8Array, chunked: boolean): void {
  if (!chunked) {
    outbox.addBytes(chunk);
    return;
  }
  outbox.addLatin1(chunkHead(chunk.length));
  outbox.addBytes(chunk);
  outbox.addLatin1(CHUNK_END);
}

class ReaderProducer implements ContentProducer {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader;
  }

  async next(): Promise<Uint8Array | undefined> {
    const { done, value } = await this.#reader.read();
    return done ? undefined : value;
  }

  cancel(): void {
    this.#reader.cancel().catch(ignore);
  }
}

class IteratorProducer implements ContentProducer {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #done = false;

  constructor(iterable: AsyncIterable<Uint8Array>) {
    this.#iterator = iterable[Symbol.asyncIterator]();
  }

  async next(): Promise<Uint8Array | undefined> {
    const { done = false, value } = await this.#iterator.next();
    this.#done ||= done;
    return done ? undefined : value;
  }

  cancel(): void {
    if (this.#done) return;
    this.#done = true;
    // A generator that was never started has nothing to clean up; one that waits cleans up when it goes on.
    this.#iterator.return?.().catch(ignore);
  }
}

// Whoever produces content learns of its own failure; there is nobody left to send it to.
function ignore(): void {}
