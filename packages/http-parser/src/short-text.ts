/** Texts of a few bytes, made from the window: to decode a whole section costs a call into the runtime. */
import { WINDOW, WINDOW_WORDS } from "./window.ts";

const BYTES = WINDOW;

/** The most bytes that a short text has. */
export const SHORT_TEXT = 16;

/** The text from window index `start` to `end`, at most 16 bytes. */
export function shortText(start: number, end: number): string {
  // "GET "
  if (end - start === 3 && WINDOW_WORDS.getInt32(start, true) === 0x20544547) return "GET";
  if (end - start === 1) return String.fromCharCode(BYTES[start]!);
  const at = start;
  return String.fromCharCode(
    BYTES[at]!,
    BYTES[at + 1]!,
    BYTES[at + 2]!,
    BYTES[at + 3]!,
    BYTES[at + 4]!,
    BYTES[at + 5]!,
    BYTES[at + 6]!,
    BYTES[at + 7]!,
    BYTES[at + 8]!,
    BYTES[at + 9]!,
    BYTES[at + 10]!,
    BYTES[at + 11]!,
    BYTES[at + 12]!,
    BYTES[at + 13]!,
    BYTES[at + 14]!,
    BYTES[at + 15]!,
  ).slice(0, end - start);
}
