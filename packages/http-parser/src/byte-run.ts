/** How far a run of bytes reaches in the window. The NUL behind the last byte belongs to no class, so every run ends. */
import { CLASSES } from "./grammar.ts";
import { WINDOW, WINDOW_WORDS } from "./window.ts";

const BYTES = WINDOW;
const WORDS = WINDOW_WORDS;
const CLASS_OF = CLASSES;

/** The end of the run of bytes of one class that begins at window index `start`. */
export function endOfRun(byteClass: number, start: number): number {
  let at = start;
  while ((CLASS_OF[BYTES[at]!]! & byteClass) !== 0) at++;
  return at;
}

/**
 * The same, four bytes to a turn while they are ASCII from `low` to "~", as most of a value or of a target is; any other
 * byte is looked up. For a class that holds all of these.
 *
 * @param low The lowest byte of which that is true, four times.
 */
export function endOfText(byteClass: number, low: number, start: number): number {
  let at = start;
  for (;;) {
    // The highest bit of a lane is set by a byte below `low` (borrow), by 0x7f (carry) and by one above it. What is
    // borrowed or carried reaches only the lanes behind, so the first lane that has the bit is the right one.
    const word = WORDS.getInt32(at, true);
    const stop = ((word - low) | (word + 0x01010101) | word) & -0x7f7f7f80;
    if (stop === 0) {
      at += 4;
      continue;
    }
    at += (31 - Math.clz32(stop & -stop)) >> 3;
    if ((CLASS_OF[BYTES[at]!]! & byteClass) === 0) return at;
    at++;
  }
}
