/**
 * What a `Response` already holds, told from what it will still produce. `new Response("text")` hides its text
 * behind a stream; sent as a stream it would be chunked, without a length. So the stream is read for as long as
 * it answers at once; what ended by then is sent as bytes.
 */
import type { ResponseBody } from "../response.ts";

// Turns of the microtask queue within which a stream over bytes in memory delivers or ends: at most 3 on Node 20
// and 26 for text and bytes, 6 for a form. Ten turns delay the head of a slow stream by under 1 µs.
const PATIENCE = 10;
// Beyond its first chunk, a body is collected only up to this many bytes; what is longer goes out as it comes.
const MAX_COLLECTED_BYTES = 65_536;

/** Bytes when `stream` ends without waiting for anything; otherwise all of it, as a stream. */
export async function settledBody(stream: ReadableStream<Uint8Array>): Promise<ResponseBody> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let collected = 0;
  while (collected <= MAX_COLLECTED_BYTES || chunks.length === 1) {
    const pending = reader.read();
    const result = await soon(pending);
    if (result === undefined) return new RemainingBody(chunks, reader, pending);
    if (result.done) return joined(chunks);
    chunks.push(checkedChunk(result.value));
    collected += result.value.byteLength;
  }
  return new RemainingBody(chunks, reader, undefined);
}

/** The result of a read, or `undefined` when it is still to come; throws what the read threw. */
async function soon<Result>(pending: Promise<Result>): Promise<Result | undefined> {
  const seen: { settled: boolean; result: Result | undefined } = { settled: false, result: undefined };
  const settle = (result?: Result): void => {
    seen.result = result;
    seen.settled = true;
  };
  pending.then(settle, () => settle());
  for (let turn = 0; turn < PATIENCE && !seen.settled; turn++) await Promise.resolve();
  return seen.settled ? (seen.result ?? pending) : undefined;
}

/** The chunks read so far, the read under way, and whatever follows. */
class RemainingBody implements AsyncIterableIterator<Uint8Array> {
  readonly #chunks: Uint8Array[];
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #pending: Promise<ReadableStreamReadResult<Uint8Array>> | undefined;

  constructor(
    chunks: Uint8Array[],
    reader: ReadableStreamDefaultReader<Uint8Array>,
    pending: Promise<ReadableStreamReadResult<Uint8Array>> | undefined,
  ) {
    this.#chunks = chunks;
    this.#reader = reader;
    this.#pending = pending;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    const ready = this.#chunks.shift();
    if (ready !== undefined) return { done: false, value: ready };
    const pending = this.#pending ?? this.#reader.read();
    this.#pending = undefined;
    const result = await pending;
    return result.done ? { done: true, value: undefined } : { done: false, value: checkedChunk(result.value) };
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#chunks.length = 0;
    await this.#reader.cancel();
    return { done: true, value: undefined };
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  if (first === undefined) return new Uint8Array(0);
  if (chunks.length === 1) return first;
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

function checkedChunk(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError(`Cannot send the response's body: expected each chunk to be a Uint8Array, got ${typeof chunk}`);
}
