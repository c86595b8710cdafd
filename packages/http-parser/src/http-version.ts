/** HTTP-version = HTTP-name "/" DIGIT "." DIGIT (RFC 9112 §2.3), read in the window. */
import { VERSION_BYTES, WORD_1_0, WORD_HTTP } from "./grammar.ts";
import { WINDOW, WINDOW_WORDS } from "./window.ts";

/** As much of a version as there is. */
const VERSION_PREFIX = /^(?:H(?:T(?:T(?:P(?:\/(?:\d(?:\.\d?)?)?)?)?)?)?)?/;

/** The minor version that stands at window index `start`; -1 when HTTP/1.1 and HTTP/1.0 both do not. */
export function versionMinorAt(start: number): 0 | 1 | -1 {
  if (WINDOW_WORDS.getInt32(start, true) !== WORD_HTTP) return -1;
  // The last byte, and so the digit, is the highest of its word.
  const minor = (WINDOW_WORDS.getInt32(start + 4, true) - WORD_1_0) / 0x1000000;
  return minor === 0 || minor === 1 ? minor : -1;
}

/** Behind the bytes from window index `start` on that are those of a version; at most 8. */
export function endOfVersion(start: number): number {
  const text = String.fromCharCode(...WINDOW.subarray(start, start + VERSION_BYTES));
  return start + VERSION_PREFIX.exec(text)![0].length;
}
