/**
 * Lines that wait to be written, as bytes. Text that waits would be a rope of thousands of pieces, which the garbage
 * collector moves about and which is put together after all: twice the time for each line.
 */
const FIRST_SIZE = 96 * 1024;
const NEWLINE = 0x0a;
// In UTF-8, for one unit of UTF-16.
const MOST_BYTES_PER_UNIT = 3;
const NO_BYTES: Buffer = Buffer.alloc(0);

export class LineBuffer {
  readonly #maxLength: number;
  #bytes: Buffer = NO_BYTES;
  /** The bytes that were taken last, when they are free again. */
  #spare: Buffer = NO_BYTES;
  #length = 0;

  /** @param maxLength Bytes that may wait; a little less than that are taken, as a line's length is estimated. */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** Bytes. */
  get length(): number {
    return this.#length;
  }

  /** @returns Whether there was room for it. */
  add(line: string): boolean {
    const end = this.#length + line.length * MOST_BYTES_PER_UNIT + 1;
    if (end > this.#bytes.length && !this.#grow(end)) return false;
    this.#length += this.#bytes.write(line, this.#length);
    this.#bytes[this.#length++] = NEWLINE;
    return true;
  }

  /** Gives all that waits away, until {@link giveBack}. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = this.#spare;
    this.#spare = NO_BYTES;
    this.#length = 0;
    return taken;
  }

  giveBack(taken: Buffer): void {
    // What one slow moment took is not held for ever.
    if (taken.buffer.byteLength === FIRST_SIZE) this.#spare = Buffer.from(taken.buffer);
  }

  #grow(end: number): boolean {
    if (end > this.#maxLength) return false;
    const size = Math.min(this.#maxLength, Math.max(FIRST_SIZE, this.#bytes.length * 2, end));
    const larger = Buffer.allocUnsafeSlow(size);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    return true;
  }
}
