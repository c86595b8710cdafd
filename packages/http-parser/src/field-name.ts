/**
 * Field names compared without decoding them (RFC 9110 §5.1: names are case-insensitive).
 *
 * A name's key is made of its first four bytes, its last four and its length, with the bit set that lower case has.
 * Equal names have equal keys. Unequal names may share one, so a match is always confirmed letter by letter: a sender
 * who chooses colliding names costs a lookup no more than reading the section once.
 */
import { WINDOW_WORDS } from "./byte-loan.ts";

const LOWER_CASE = 0x20202020;

/** The key of the name at window indexes `start` to `end` (exclusive); at least one byte. */
export function nameKeyInWindow(start: number, end: number): number {
  const length = end - start;
  const first = WINDOW_WORDS.getInt32(start, true) | LOWER_CASE;
  if (length >= 4) return mix(first, WINDOW_WORDS.getInt32(end - 4, true) | LOWER_CASE, length);
  const short = first & ((1 << (length << 3)) - 1);
  return mix(short, short, length);
}

/** The key of `name`. Characters beyond latin1 make a key that no name in a message has, or that is not confirmed. */
export function nameKey(name: string): number {
  const length = name.length;
  if (length >= 4) return mix(wordAt(name, 0, 4), wordAt(name, length - 4, 4), length);
  const short = wordAt(name, 0, length);
  return mix(short, short, length);
}

/** Whether `text` holds `name` at `start`, ignoring case. */
export function isNameAt(text: string, start: number, name: string): boolean {
  for (let index = 0; index < name.length; index++) {
    const wanted = name.charCodeAt(index);
    const found = text.charCodeAt(start + index);
    if (wanted !== found && lowerCase(wanted) !== lowerCase(found)) return false;
  }
  return true;
}

function lowerCase(character: number): number {
  return character >= 0x41 && character <= 0x5a ? character | 0x20 : character;
}

function mix(first: number, last: number, length: number): number {
  return ((first ^ ((last << 7) | (last >>> 25))) + length) | 0;
}

function wordAt(text: string, start: number, length: number): number {
  let word = 0;
  for (let index = 0; index < length; index++) word |= ((text.charCodeAt(start + index) | 0x20) & 0xff) << (index << 3);
  return word;
}
