/**
 * The first bytes of a table that threads share: what it is, for which numbers it was made, and the secret of its
 * hash. Who gets the memory from another thread finds all of it there.
 */
const INT32_KIND = 0;
const INT32_SECRET = 2;
const FLOAT64_NUMBERS = 2;
const MOST_NUMBERS = 6;

/** Where the table itself begins; a multiple of a cache line. */
export const HEADER_BYTES = 64;

/** Tells tables apart from each other, and from memory that is something else. */
export type TableKind = 0x7468_7201 | 0x7468_7202;

/** Makes the memory of a table, with a fresh secret. */
export function createSharedTable(kind: TableKind, numbers: readonly number[], tableBytes: number): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(HEADER_BYTES + tableBytes);
  const words = new Int32Array(memory);
  words.set(crypto.getRandomValues(new Int32Array(2)), INT32_SECRET);
  new Float64Array(memory).set(numbers, FLOAT64_NUMBERS);
  words[INT32_KIND] = kind;
  return memory;
}

/**
 * Checks that `memory` is a table of this kind for these numbers.
 *
 * @throws {TypeError} It is not.
 */
export function checkSharedTable(kind: TableKind, numbers: readonly number[], memory: SharedArrayBuffer): void {
  const made = memory.byteLength > HEADER_BYTES ? new Float64Array(memory, 0, FLOAT64_NUMBERS + MOST_NUMBERS) : [];
  const isOfKind = made.length > 0 && new Int32Array(memory)[INT32_KIND] === kind;
  if (isOfKind && numbers.every((number, index) => made[FLOAT64_NUMBERS + index] === number)) return;
  throw new TypeError(
    "Cannot share the memory: expected the memory of a limiter of the same sort with the same numbers",
  );
}

/** The two words of the table's secret. */
export function sharedSecret(memory: SharedArrayBuffer): readonly [number, number] {
  const [first = 0, second = 0] = new Int32Array(memory, INT32_SECRET * Int32Array.BYTES_PER_ELEMENT, 2);
  return [first, second];
}
