/** HTTP-version = HTTP-name "/" DIGIT "." DIGIT (RFC 9112 §2.3), read in the window. */
import { CLASSES, DIGIT, DIGIT_0, WORD_1_0, WORD_HTTP } from "./grammar.ts";
import { byteAt, wordAt } from "./window.ts";

/** The minor version that stands at window index `start`; -1 when HTTP/1.1 and HTTP/1.0 both do not. */
export function versionMinorAt(start: number): 0 | 1 | -1 {
  const difference = wordAt(start) === WORD_HTTP ? wordAt(start + 4) ^ WORD_1_0 : -1;
  // The digit is the highest byte of its word. The first word has to be equal: its own highest byte may differ as well.
  return difference === 0 ? 0 : difference === 1 << 24 ? 1 : -1;
}

/** Behind the bytes from window index `start` on that are those of a version; at most 8. */
export function endOfVersion(start: number): number {
  let at = start;
  while ("HTTP/0.0".charCodeAt(at - start) === ((CLASSES[byteAt(at)]! & DIGIT) === 0 ? byteAt(at) : DIGIT_0)) at++;
  return at;
}
