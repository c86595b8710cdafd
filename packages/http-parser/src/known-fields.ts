/**
 * The fields that a parser itself must understand: those that frame a message, route it or manage its connection.
 * The scanner notes which of them a section holds; what they mean is decided when the section is complete.
 */
import { nameKey } from "./field-name.ts";
import { ENTRY_NUMBERS, type FieldTable } from "./field-section.ts";
import { WINDOW } from "./byte-loan.ts";

export const HOST = 1;
export const EXPECT = 2;
export const UPGRADE = 4;
export const CONNECTION = 8;
export const CONTENT_LENGTH = 16;
export const TRANSFER_ENCODING = 32;

interface KnownField {
  readonly bit: number;
  readonly name: string;
  readonly key: number;
}

/** Length of the longest name below. */
const LONGEST = 17;
/** By length of the name; no two of them have the same, so a length rules out all others. */
const KNOWN_BY_LENGTH: readonly (KnownField | undefined)[] = /* @__PURE__ */ byLength([
  ["host", HOST],
  ["expect", EXPECT],
  ["upgrade", UPGRADE],
  ["connection", CONNECTION],
  ["content-length", CONTENT_LENGTH],
  ["transfer-encoding", TRANSFER_ENCODING],
]);

/** The bit of the known field whose name stands at window indexes `start` to `end`, or 0. */
export function knownFieldBit(key: number, start: number, end: number): number {
  const length = end - start;
  if (length > LONGEST) return 0;
  const known = KNOWN_BY_LENGTH[length];
  if (known === undefined || known.key !== key) return 0;
  for (let index = 0; index < length; index++) {
    if ((WINDOW[start + index]! | 0x20) !== known.name.charCodeAt(index)) return 0;
  }
  return known.bit;
}

/** Index in the table's entries of the first field named `name` at or after entry index `from`; -1 when there is none. */
export function findKnownField(fields: FieldTable, windowStart: number, bit: number, from: number = 0): number {
  const { entries, size } = fields;
  for (let at = from; at < size * ENTRY_NUMBERS; at += ENTRY_NUMBERS) {
    const start = windowStart + entries[at + 1]!;
    const end = windowStart + entries[at + 2]!;
    if (knownFieldBit(entries[at]!, start, end) === bit) return at;
  }
  return -1;
}

function byLength(fields: readonly (readonly [name: string, bit: number])[]): readonly (KnownField | undefined)[] {
  const table: (KnownField | undefined)[] = Array.from({ length: LONGEST + 1 }, () => undefined);
  for (const [name, bit] of fields) table[name.length] = { bit, name, key: nameKey(name) };
  return table;
}
