/**
 * The window through which the parsers read heads and trailers (a "section" here): one array that all of them share,
 * into which the bytes at hand are copied (about 15 ns for a request). There they can be compared four at a time, a NUL
 * behind the last one stops every loop without a bounds check, and it makes no difference to the compiled loops what
 * kind of array the caller feeds.
 *
 * All offsets of a section are indexes of the window. They stay right until the window shows other bytes; a section
 * that is still incomplete then is shown again from index 0.
 */
import { BARE_CR, BARE_LF, HttpSyntaxError, type SyntaxErrorRule } from "./errors.ts";
import { CR, LF } from "./grammar.ts";
import type { ByteLoan } from "./byte-loan.ts";
import { HIGHEST_LIMIT, STEP_BYTES } from "./limits.ts";

export const NOTHING: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/**
 * Holds the longest start line and field section that limits can allow, twice, so that one window serves many heads;
 * and 16 bytes more, since a word or a short text may be looked at that far behind the last byte.
 */
export const WINDOW: Uint8Array = /* @__PURE__ */ new Uint8Array(HIGHEST_LIMIT * 4 + 16);
/** The window, four bytes at a time. */
export const WINDOW_WORDS: DataView = /* @__PURE__ */ new DataView(WINDOW.buffer);

/** Index behind the last byte shown; the byte there is NUL. */
export let windowEnd = 0;
/** Changes when the window begins to show other bytes: until then, an index of it stays right. */
export let showing = 0;
/** Whose bytes: two connections may be lent the same array, one after the other or at once. */
let shown: ByteLoan | undefined;
/** Index in the loan's bytes of the window's first byte, and its offset in the connection. */
let base = 0;
let origin = 0;

/** Shows the unread bytes of `loan`, at least two if there are. Returns the index of the first. */
export function showInWindow(loan: ByteLoan): number {
  const { cursor } = loan;
  const start = cursor - base;
  if (shown === loan && start + 1 < windowEnd && start < HIGHEST_LIMIT) return start;
  shown = loan;
  base = cursor;
  origin = loan.offset + cursor;
  windowEnd = 0;
  showing = (showing + 1) | 0;
  showMore();
  return 0;
}

/** Shows the next bytes behind those in the window; false when there are none. */
export function showMore(): boolean {
  const { bytes } = shown!;
  const from = base + windowEnd;
  const length = Math.min(bytes.length - from, STEP_BYTES);
  WINDOW.set(length < bytes.length ? bytes.subarray(from, from + length) : bytes, windowEnd);
  windowEnd += length;
  WINDOW[windowEnd] = 0;
  return length > 0;
}

/** Shows nothing: the loan changes. */
export function clearWindow(): void {
  shown = undefined;
}

/**
 * An error about what stands at `index`.
 *
 * @param got The byte there, if it says what is wrong.
 * @param maximum The limit, if it is exceeded there.
 */
export function faultAt(code: SyntaxErrorRule, index: number, got?: number, maximum?: number): HttpSyntaxError {
  return new HttpSyntaxError(code, origin + index, got, maximum);
}

/** Other modules read the window through this and `wordAt`: its address is a constant for this module's functions alone. */
export function byteAt(index: number): number {
  return WINDOW[index]!;
}

/** The four bytes at `index`; the first is the lowest. */
export function wordAt(index: number): number {
  return WINDOW_WORDS.getInt32(index, true);
}

/** Whether CR and LF stand at `index`. */
export function isCrlf(index: number): boolean {
  return WINDOW_WORDS.getInt16(index, true) === 0x0a0d;
}

/** The text from index `start` to `end`, at most `SHORT_TEXT_BYTES`: to decode it would cost a call into the runtime. */
export function shortText(start: number, end: number): string {
  // "GET "
  if (end - start === 3 && wordAt(start) === 0x20544547) return "GET";
  if (end - start === 1) return String.fromCharCode(WINDOW[start]!);
  return String.fromCharCode(
    WINDOW[start]!,
    WINDOW[start + 1]!,
    WINDOW[start + 2]!,
    WINDOW[start + 3]!,
    WINDOW[start + 4]!,
    WINDOW[start + 5]!,
    WINDOW[start + 6]!,
    WINDOW[start + 7]!,
    WINDOW[start + 8]!,
    WINDOW[start + 9]!,
    WINDOW[start + 10]!,
    WINDOW[start + 11]!,
    WINDOW[start + 12]!,
    WINDOW[start + 13]!,
    WINDOW[start + 14]!,
    WINDOW[start + 15]!,
  ).slice(0, end - start);
}

/**
 * Says what is wrong with a line that stops being one at `index`: the rule given, a CR or LF that stands alone, or the
 * line's length when its last byte allowed stands before. The error is the same at every split of the bytes.
 *
 * @returns False, when the line is only cut short by the end of the window.
 */
export function cutShort(
  rule: SyntaxErrorRule,
  index: number,
  tooLong: SyntaxErrorRule,
  limit: number,
  maximum: number,
): false {
  const byte = WINDOW[index];
  // RFC 9112 §2.2
  const alone = byte === CR && WINDOW[index + 1] !== LF;
  const at = alone ? index + 1 : index;
  if (index <= limit && at >= windowEnd) return false;
  throw at > limit
    ? faultAt(tooLong, limit, undefined, maximum)
    : faultAt(alone ? BARE_CR : byte === LF ? BARE_LF : rule, at, WINDOW[at]);
}
