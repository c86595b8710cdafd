/**
 * The bytes a parser has been lent, and the window through which it reads heads and trailers.
 *
 * A chunk belongs to the caller. The parser keeps a reference to it from `lend` until it asks for more. Content is
 * handed on as views of the chunk. A head or a trailer section (a "section" here) is read in the window instead: one
 * array that all parsers share, into which the chunk's bytes are copied (about 15 ns for a request). There they can
 * be compared four at a time, a NUL behind the last one stops every loop without a bounds check, and it makes no
 * difference to the compiled loops what kind of array the caller feeds or how often the section was split.
 *
 * The window belongs to a parser from `openWindow` until another parser opens it, or until it has read its chunk:
 * a parser that comes back to it checks `windowOwner`. When a section is still incomplete at the end of a chunk,
 * its bytes are kept in an array of the parser's own and copied back in front of the next chunk; the scanners go on
 * where they stopped.
 */
import { HttpSyntaxError, type HttpSyntaxErrorCode } from "./errors.ts";
import { HIGHEST_LIMIT } from "./limits.ts";

/** Holds the longest start line and field section that limits can allow, twice, so that one window serves many heads. */
const WINDOW_BYTES = HIGHEST_LIMIT * 4;
/** A run may be looked at this far behind the last byte (see byte-run.ts). */
const SLACK_BYTES = 8;
/** Copied from a chunk at a time: several heads, but not a whole upload. */
const STEP_BYTES = 4096;
const NOTHING: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

export const WINDOW: Uint8Array = /* @__PURE__ */ new Uint8Array(WINDOW_BYTES + SLACK_BYTES);
/** The window, four bytes at a time. */
export const WINDOW_WORDS: DataView = /* @__PURE__ */ new DataView(WINDOW.buffer);

let windowOwner: ByteLoan | undefined;

export class ByteLoan {
  chunk: Uint8Array = NOTHING;
  /** Index in `chunk` of the next unread byte. */
  cursor = 0;
  /** Window index of the section's first byte. */
  start = 0;
  /** Window index behind the last byte loaded; the byte there is NUL. */
  end = 0;
  /** Bytes of the connection before `chunk[0]`. From -0 on it is a double: a connection carries more than an int32 counts. */
  #offset = -0;
  /** Index in `chunk` of `WINDOW[0]`; negative when kept bytes stand before the chunk's. */
  #base = 0;
  #kept: Uint8Array = NOTHING;
  #keptLength = 0;

  /** Whether every lent byte has been read. */
  get spent(): boolean {
    return this.cursor >= this.chunk.length;
  }

  /** Whether the current section began in an earlier chunk. */
  get hasKept(): boolean {
    return this.#keptLength > 0;
  }

  lend(bytes: Uint8Array): void {
    this.chunk = bytes;
    this.cursor = 0;
  }

  /** Ends the loan: every byte has been read or kept. */
  giveBack(): void {
    this.#offset += this.chunk.length;
    this.chunk = NOTHING;
    this.cursor = 0;
    if (windowOwner === this) windowOwner = undefined;
  }

  /** Replaces the chunk by a copy of what is still unread. */
  retainUnread(): void {
    if (this.chunk === NOTHING) return;
    const unread = new Uint8Array(this.chunk.length - this.cursor);
    unread.set(this.chunk.subarray(this.cursor));
    this.#offset += this.cursor;
    this.chunk = unread;
    this.cursor = 0;
    if (windowOwner === this) windowOwner = undefined;
  }

  unread(): Uint8Array {
    return this.cursor === 0 ? this.chunk : this.chunk.subarray(this.cursor);
  }

  /** Makes the window show the section that begins at the cursor, or goes on from the kept bytes. */
  openWindow(): void {
    if (this.#keptLength > 0) {
      claimWindow(this);
      WINDOW.set(this.#kept.subarray(0, this.#keptLength));
      this.#base = -this.#keptLength;
      this.start = 0;
      this.end = this.#keptLength;
      this.loadMore();
      return;
    }
    const start = this.cursor - this.#base;
    if (windowOwner === this && start < this.end && start < WINDOW_BYTES / 4) {
      this.start = start;
      return;
    }
    claimWindow(this);
    this.#base = this.cursor;
    this.start = 0;
    this.end = 0;
    this.loadMore();
  }

  /** Loads the next bytes of the chunk behind those in the window; false when there are none. */
  loadMore(): boolean {
    const from = this.#base + this.end;
    const length = Math.min(this.chunk.length - from, STEP_BYTES);
    if (length <= 0) return false;
    const whole = from === 0 && length === this.chunk.length;
    WINDOW.set(whole ? this.chunk : this.chunk.subarray(from, from + length), this.end);
    this.end += length;
    WINDOW[this.end] = 0;
    return true;
  }

  /** Keeps the incomplete section, which reaches to the end of the chunk. */
  keepSection(): void {
    const length = this.end - this.start;
    if (length > this.#kept.length) {
      const larger = new Uint8Array(Math.max(length, this.#kept.length * 2, 128));
      larger.set(this.#kept.subarray(0, this.#keptLength));
      this.#kept = larger;
    }
    this.#kept.set(WINDOW.subarray(this.start + this.#keptLength, this.end), this.#keptLength);
    this.#keptLength = length;
    this.cursor = this.chunk.length;
  }

  /** Moves the cursor behind the section, which ends before window index `end`. */
  closeSection(end: number): void {
    this.cursor = this.#base + end;
    if (this.#keptLength > 0) {
      this.#kept = NOTHING;
      this.#keptLength = 0;
      // The window stays this parser's, but its first bytes are not the chunk's.
      windowOwner = undefined;
    }
  }

  /** Index in `chunk` of the section's first byte; only when nothing of it was kept. */
  get sectionIndex(): number {
    return this.#base + this.start;
  }

  /** An error about what begins at window index `index`. */
  error(code: HttpSyntaxErrorCode, index: number): HttpSyntaxError {
    return new HttpSyntaxError(code, this.#offset + this.#base + index);
  }

  /** An error that quotes the byte at window index `index`. */
  unexpected(code: HttpSyntaxErrorCode, index: number): HttpSyntaxError {
    return new HttpSyntaxError(code, this.#offset + this.#base + index, WINDOW[index]);
  }

  /** An error at window index `index`, the first byte beyond a limit. */
  overLimit(code: HttpSyntaxErrorCode, index: number, maximum: number): HttpSyntaxError {
    return new HttpSyntaxError(code, this.#offset + this.#base + index, undefined, maximum);
  }

  /** An error at the end of what has been lent. */
  errorAtEnd(code: HttpSyntaxErrorCode): HttpSyntaxError {
    return new HttpSyntaxError(code, this.#offset + this.chunk.length);
  }

  /** An error that quotes the byte at index `index` of the chunk. */
  unexpectedInChunk(code: HttpSyntaxErrorCode, index: number): HttpSyntaxError {
    return new HttpSyntaxError(code, this.#offset + index, this.chunk[index]);
  }

  /** An error at index `index` of the chunk, the first byte beyond a limit. */
  overLimitInChunk(code: HttpSyntaxErrorCode, index: number, maximum: number): HttpSyntaxError {
    return new HttpSyntaxError(code, this.#offset + index, undefined, maximum);
  }
}

function claimWindow(owner: ByteLoan): void {
  windowOwner = owner;
}
