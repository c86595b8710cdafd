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
  /** Its place in `FieldOffsets.known`; its bit in `FieldTable.present` is the one of that number. */
  readonly place: number;
  readonly bit: number;
  readonly name: WindowToken;
}

export const HOST: KnownField = /* @__PURE__ */ knownField(0, "host");
export const EXPECT: KnownField = /* @__PURE__ */ knownField(1, "expect");
export const UPGRADE: KnownField = /* @__PURE__ */ knownField(2, "upgrade");
export const CONNECTION: KnownField = /* @__PURE__ */ knownField(3, "connection");
export const CONTENT_LENGTH: KnownField = /* @__PURE__ */ knownField(4, "content-length");
export const TRANSFER_ENCODING: KnownField = /* @__PURE__ */ knownField(5, "transfer-encoding");

/** No two have names of equal length, so a length rules out all others. */
const KNOWN: readonly KnownField[] = [HOST, EXPECT, UPGRADE, CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING];

/** The first word of the known name of each length; 0 where there is none. Index with `length & 31`. */
export const FIRST_WORDS: Int32Array = /* @__PURE__ */ firstWords();

/** Notes field `index`, whose name stands at window indexes `start` to `end`, if it is a known one. */
export function noteKnownField(fields: FieldTable, index: number, start: number, end: number): void {
  for (const { place, bit, name } of KNOWN) {
    if (!isTokenInWindow(start, end, name)) continue;
    if ((fields.present & bit) === 0) fields.offsets.known[place] = index;
    else fields.repeated |= bit;
    fields.present |= bit;
    return;
  }
}

/** Index of the first line of a known field that is present. */
export function indexOfKnown(fields: FieldTable, known: KnownField): number {
  return fields.offsets.known[known.place]!;
}

/**
 * Finds another line of a known field, while the section is in the window.
 *
 * @param windowStart Window index of the section's first byte.
 * @param from Index of the first field to look at.
 * @returns Its index; `fields.size` when there is none.
 */
export function findKnownAgain(fields: FieldTable, windowStart: number, known: KnownField, from: number): number {
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

function knownField(place: number, name: string): KnownField {
  return { place, bit: 1 << place, name: windowToken(name) };
}

function firstWords(): Int32Array {
  const table = new Int32Array(32);
  for (const { name } of KNOWN) table[name.length] = name.words[0]!;
  return table;
}
