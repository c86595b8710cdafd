import type { ByteSource } from "./excerpt.ts";

/**
 * How far behind the current chunk an error may point: to the first byte of a head, which the parser's default limits
 * keep below 8192 bytes of start line and 16384 of fields.
 */
const KEPT_BYTES = 32_768;

/** The end of what has been read of an input: the chunk that is being read and some bytes before it. */
export class RecentBytes implements ByteSource {
  #before: Uint8Array = new Uint8Array(0);
  #chunk: Uint8Array = new Uint8Array(0);
  /** Of the chunk's first byte. */
  #offset = 0;

  /** Offset behind the last byte. */
  get end(): number {
    return this.#offset + this.#chunk.length;
  }

  /** @param chunk Referred to until the next call. */
  add(chunk: Uint8Array): void {
    this.#before = tail(this.#before, this.#chunk);
    this.#offset += this.#chunk.length;
    this.#chunk = chunk;
  }

  bytesBetween(from: number, to: number): Uint8Array {
    const before = slice(this.#before, from - (this.#offset - this.#before.length), to - from);
    const within = slice(this.#chunk, from - this.#offset, to - from);
    return before.length === 0 ? within : joined(before, within);
  }
}

/** The last bytes of two arrays in a row, copied. */
function tail(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (second.length >= KEPT_BYTES) return second.slice(-KEPT_BYTES);
  const kept = first.subarray(Math.max(0, first.length + second.length - KEPT_BYTES));
  return joined(kept, second);
}

function slice(bytes: Uint8Array, from: number, length: number): Uint8Array {
  return bytes.subarray(clamped(from, bytes.length), clamped(from + length, bytes.length));
}

function clamped(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
