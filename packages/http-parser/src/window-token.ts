/**
 * Words that the protocol gives a meaning (`close`, `chunked`, `content-length`), compared with the window's bytes
 * four at a time. All are compared without case: RFC 9110 §5.1 for names, §7.6.1 for connection options, RFC 9112 §7
 * for codings.
 */
import { WINDOW_WORDS } from "./byte-loan.ts";

/** The bit that tells lower-case letters from upper-case ones, in each byte of a word. */
export const LOWER_CASE = 0x20202020;

export interface WindowToken {
  readonly length: number;
  /** Its letters, four to a word; the last word ends with the last letter, over the one before if need be. */
  readonly words: Int32Array;
}

/** @param text At least four characters: lower-case letters, digits and "-". */
export function windowToken(text: string): WindowToken {
  const words = new Int32Array(Math.ceil(text.length / 4));
  for (let index = 0; index < words.length; index++) {
    const start = Math.min(index * 4, text.length - 4);
    for (let at = start + 3; at >= start; at--) words[index] = (words[index]! << 8) | text.charCodeAt(at);
  }
  return { length: text.length, words };
}

/** Whether the bytes at window indexes `start` to `end` (exclusive) are `token` in any case. */
export function isTokenInWindow(start: number, end: number, token: WindowToken): boolean {
  if (end - start !== token.length) return false;
  const { words } = token;
  const last = words.length - 1;
  for (let index = 0; index < last; index++) {
    if ((WINDOW_WORDS.getInt32(start + index * 4, true) | LOWER_CASE) !== words[index]) return false;
  }
  return (WINDOW_WORDS.getInt32(end - 4, true) | LOWER_CASE) === words[last];
}
