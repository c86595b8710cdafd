/**
 * The fields that a parser itself must understand: those that frame a message, route it or manage its connection.
 * The scanner notes which of them a section holds; what they mean is decided when the section is complete.
 */
import { WINDOW } from "./byte-loan.ts";
import type { FieldTable } from "./field-section.ts";
import { isWhitespace } from "./grammar.ts";
import { isTokenInWindow, type WindowToken, windowToken } from "./window-token.ts";

/** One field that the parser understands. */
export interface KnownField {
  readonly bit: number;
  readonly name: WindowToken;
}

export const HOST: KnownField = { bit: 1, name: /* @__PURE__ */ windowToken("host") };
export const EXPECT: KnownField = { bit: 2, name: /* @__PURE__ */ windowToken("expect") };
export const UPGRADE: KnownField = { bit: 4, name: /* @__PURE__ */ windowToken("upgrade") };
export const CONNECTION: KnownField = { bit: 8, name: /* @__PURE__ */ windowToken("connection") };
export const CONTENT_LENGTH: KnownField = { bit: 16, name: /* @__PURE__ */ windowToken("content-length") };
export const TRANSFER_ENCODING: KnownField = { bit: 32, name: /* @__PURE__ */ windowToken("transfer-encoding") };

/** No two have names of equal length, so a length rules out all others. */
const KNOWN: readonly KnownField[] = [HOST, EXPECT, UPGRADE, CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING];

/** The first word of the known name of each length; 0 where there is none. Index with `length & 31`. */
export const FIRST_WORDS: Int32Array = /* @__PURE__ */ firstWords();

/** Notes the field at window indexes `start` to `end` in the table's `present` and `repeated`, if it is a known one. */
export function noteKnownField(fields: FieldTable, start: number, end: number): void {
  for (const { bit, name } of KNOWN) {
    if (!isTokenInWindow(start, end, name)) continue;
    fields.repeated |= fields.present & bit;
    fields.present |= bit;
    return;
  }
}

/**
 * Finds a known field, while the section is in the window.
 *
 * @param windowStart Window index of the section's first byte.
 * @param from Index of the first field to look at.
 * @returns Its index; `fields.size` when there is none.
 */
export function findKnownField(fields: FieldTable, windowStart: number, known: KnownField, from: number = 0): number {
  const { size } = fields;
  const { ends } = fields.offsets;
  let start = windowStart + fields.nameStartOf(from);
  for (let index = from; index < size; index++) {
    if (isTokenInWindow(start, windowStart + ends[index * 2]!, known.name)) return index;
    start = windowStart + ends[index * 2 + 1]! + 2;
  }
  return size;
}

/** Where the value of field `index` begins in the window, without the white space before it. */
export function valueStartInWindow(fields: FieldTable, windowStart: number, index: number): number {
  let start = windowStart + fields.nameEndOf(index) + 1;
  while (isWhitespace(WINDOW[start]!)) start++;
  return start;
}

/** Where the value that begins at window index `start` ends, without the white space behind it. */
export function valueEndInWindow(fields: FieldTable, windowStart: number, index: number, start: number): number {
  let end = windowStart + fields.lineEndOf(index);
  while (end > start && isWhitespace(WINDOW[end - 1]!)) end--;
  return end;
}

function firstWords(): Int32Array {
  const table = new Int32Array(32);
  for (const { name } of KNOWN) table[name.length] = name.words[0]!;
  return table;
}
