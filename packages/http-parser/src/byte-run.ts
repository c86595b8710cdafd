/** How far a run of bytes reaches in the window. The NUL behind the last byte belongs to no class, so every run ends. */
import { WINDOW, WINDOW_WORDS } from "./byte-loan.ts";
import { FIELD_CONTENT } from "./grammar.ts";

const BYTES = WINDOW;
const WORDS = WINDOW_WORDS;
const CONTENT = FIELD_CONTENT;

/**
 * The end of the run of bytes of one class that begins at window index `start`.
 *
 * Eight bytes to a turn: names, methods and hosts end in the first or second, and a turn costs a branch that is often
 * mispredicted (1.4 times as fast on a browser's request as one byte to a turn).
 */
export function endOfRun(byteClass: Uint8Array, start: number): number {
  for (let at = start; ; at += 8) {
    if (byteClass[BYTES[at]!] === 0) return at;
    if (byteClass[BYTES[at + 1]!] === 0) return at + 1;
    if (byteClass[BYTES[at + 2]!] === 0) return at + 2;
    if (byteClass[BYTES[at + 3]!] === 0) return at + 3;
    if (byteClass[BYTES[at + 4]!] === 0) return at + 4;
    if (byteClass[BYTES[at + 5]!] === 0) return at + 5;
    if (byteClass[BYTES[at + 6]!] === 0) return at + 6;
    if (byteClass[BYTES[at + 7]!] === 0) return at + 7;
  }
}

/**
 * The end of the run of field content (RFC 9110 §5.5) that begins at window index `start`: four bytes to a turn while
 * they are printable ASCII, as values are; anything else is looked up.
 */
export function endOfFieldContent(start: number): number {
  let at = start;
  for (;;) {
    // The highest bit of a lane is set by a byte below 0x20 (borrow), by 0x7f (carry) and by one above it. What
    // is borrowed or carried reaches only the lanes behind, so the first lane that has the bit is the right one.
    const word = WORDS.getInt32(at, true);
    const stop = ((word - 0x20202020) | (word + 0x01010101) | word) & -0x7f7f7f80;
    if (stop === 0) {
      at += 4;
      continue;
    }
    at += (31 - Math.clz32(stop & -stop)) >> 3;
    if (CONTENT[BYTES[at]!] === 0) return at;
    at++;
  }
}
