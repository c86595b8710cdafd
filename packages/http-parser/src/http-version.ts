/** HTTP-version = HTTP-name "/" DIGIT "." DIGIT (RFC 9112 §2.3), read in the window. */
import { WINDOW, WINDOW_WORDS } from "./byte-loan.ts";
import { isDigit } from "./grammar.ts";

export const VERSION_BYTES = 8;
/** `HTTP`, `/1.1` and `/1.0`, as the words that four bytes make. */
const WORD_HTTP = 0x50545448;
const WORD_1_1 = 0x312e312f;
const WORD_1_0 = 0x302e312f;
const VERSION_NAME = "HTTP/";

/** The minor version that stands at window index `start`; -1 when HTTP/1.1 and HTTP/1.0 both do not. */
export function versionMinorAt(start: number): 0 | 1 | -1 {
  if (WINDOW_WORDS.getInt32(start, true) !== WORD_HTTP) return -1;
  const minor = WINDOW_WORDS.getInt32(start + 4, true);
  if (minor === WORD_1_1) return 1;
  return minor === WORD_1_0 ? 0 : -1;
}

/** Whether a version has `byte` at its index `index`. */
function isVersionByte(byte: number, index: number): boolean {
  if (index < VERSION_NAME.length) return byte === VERSION_NAME.charCodeAt(index);
  return index === 6 ? byte === 0x2e : isDigit(byte);
}

/** How many bytes from window index `start`, up to `end`, are those of a version. */
export function versionLengthAt(start: number, end: number): number {
  let length = 0;
  while (length < VERSION_BYTES && start + length < end && isVersionByte(WINDOW[start + length]!, length)) length++;
  return length;
}
