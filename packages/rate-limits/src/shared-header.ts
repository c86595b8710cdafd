/**
 * The first bytes of a table that threads share: what it is, for which numbers it was made, and the secret of its
 * hash. Who gets the memory from another thread finds all of it there.
 */
const INT32_SECRET = 2;
const NUMBERS_OFFSET = 16;
const MOST_NUMBERS = 6;

/** Where the table itself begins; a multiple of a cache line. */
export const HEADER_BYTES = 64;

/** Tells tables apart from each other, and from memory that is something else. */
export type TableKind = 0x7468_7201 | 0x7468_7202;

/** Makes the memory of a table, with a fresh secret. */
export function createSharedTable(kind: TableKind, numbers: readonly number[], tableBytes: number): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(HEADER_BYTES + tableBytes);
  const words = new Int32Array(memory, 0, HEADER_BYTES / Int32Array.BYTES_PER_ELEMENT);
  words.set(crypto.getRandomValues(new Int32Array(2)), INT32_SECRET);
  new Float64Array(memory, NUMBERS_OFFSET, MOST_NUMBERS).set(numbers);
  words[0] = kind;
  return memory;
}

/**
 * Checks that `memory` is a table of this kind for these numbers.
 *
 * @throws {TypeError} It is not.
 */
export function checkSharedTable(kind: TableKind, numbers: readonly number[], memory: SharedArrayBuffer): void {
  if (memory.byteLength > HEADER_BYTES && new Int32Array(memory, 0, 1)[0] === kind) {
    const made = new Float64Array(memory, NUMBERS_OFFSET, MOST_NUMBERS);
    if (numbers.every((number, index) => made[index] === number)) return;
  }
  throw new TypeError(
    "Cannot share the memory: expected the memory of a limiter of the same sort with the same numbers",
  );
}

/** The two words of the table's secret. */
export function sharedSecret(memory: SharedArrayBuffer): readonly [number, number] {
  const [first = 0, second = 0] = new Int32Array(memory, INT32_SECRET * Int32Array.BYTES_PER_ELEMENT, 2);
  return [first, second];
}
