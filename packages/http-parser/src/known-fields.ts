/**
 * The fields that a parser itself must understand: those that frame a message, route it or manage its connection.
 * The scanner notes which of them a section holds; what they mean is decided when the section is complete.
 */
import type { FieldTable } from "./field-section.ts";
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
  for (let index = from; index < fields.size; index++) {
    const start = windowStart + fields.nameStartOf(index);
    if (isTokenInWindow(start, windowStart + fields.nameEndOf(index), known.name)) return index;
  }
  return fields.size;
}

function knownField(place: number, name: string): KnownField {
  return { place, bit: 1 << place, name: windowToken(name) };
}

function firstWords(): Int32Array {
  const table = new Int32Array(32);
  for (const { name } of KNOWN) table[name.length] = name.words[0]!;
  return table;
}
