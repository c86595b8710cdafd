/**
 * field-line = field-name ":" OWS field-value OWS (RFC 9112 §5), read line by line up to the empty line that ends the
 * section. Nothing is decoded here: an entry per line goes into the table.
 *
 * Every byte is looked at once. When the window ends inside a line, the table remembers the place.
 */
import type { ByteLoan } from "./byte-loan.ts";
import { WINDOW, WINDOW_WORDS } from "./byte-loan.ts";
import type { HttpSyntaxError, HttpSyntaxErrorCode } from "./errors.ts";
import { nameKeyInWindow } from "./field-name.ts";
import { ENTRY_NUMBERS, type FieldTable } from "./field-section.ts";
import { COLON, CR, HTAB, isWhitespace, LF, SP, TCHAR } from "./grammar.ts";
import { knownFieldBit } from "./known-fields.ts";

/** What a field section may hold. */
export interface FieldSectionLimits {
  readonly lineBytes: number;
  readonly sectionBytes: number;
  readonly count: number;
}

const TOKEN = TCHAR;
const BYTES = WINDOW;
const WORDS = WINDOW_WORDS;

/**
 * Reads field lines from where `fields` says scanning stopped.
 *
 * @param fieldsStart Where the section's first field line begins, relative to the section.
 * @returns Whether the section is complete; `fields.scanned` is then its length.
 */
// oxlint-disable-next-line max-lines-per-function -- the loop over every byte of a head: as one function V8 keeps its state in registers; split by line it took 1.4 times as long
export function scanFieldLines(
  fields: FieldTable,
  loan: ByteLoan,
  fieldsStart: number,
  limits: FieldSectionLimits,
): boolean {
  const { start, end } = loan;
  let lineStart = start + fields.lineStart;
  let nameEnd = fields.nameEnd === 0 ? 0 : start + fields.nameEnd;
  let at = start + fields.scanned;
  for (;;) {
    if (nameEnd === 0) {
      while (TOKEN[BYTES[at]!] === 1) at++;
      if (BYTES[at] !== COLON || at === lineStart) {
        if (at === lineStart && BYTES[at] === CR) {
          if (at + 1 >= end) break;
          if (BYTES[at + 1] !== LF) throw lineError(loan, "bare-cr", at + 1, lineStart, start + fieldsStart, limits);
          fields.scanned = at + 2 - start;
          return true;
        }
        if (at >= end) break;
        throw nameError(loan, at, lineStart, start + fieldsStart, limits);
      }
      nameEnd = at++;
    }
    for (;;) {
      const word = WORDS.getInt32(at, true);
      const del = word ^ 0x7f7f7f7f;
      const stop = (((word - 0x20202020) & ~word) | ((del - 0x01010101) & ~del)) & -0x7f7f7f80;
      if (stop === 0) {
        at += 4;
        continue;
      }
      at += (31 - Math.clz32(stop & -stop)) >> 3;
      if (BYTES[at] !== HTAB) break;
      at++;
    }
    if (BYTES[at] !== CR || at + 1 >= end) {
      if (at >= end || BYTES[at] === CR) break;
      throw valueError(loan, at, lineStart, start + fieldsStart, limits);
    }
    if (BYTES[at + 1] !== LF) throw lineError(loan, "bare-cr", at + 1, lineStart, start + fieldsStart, limits);
    if (
      at - lineStart > limits.lineBytes ||
      at - start - fieldsStart > limits.sectionBytes ||
      fields.size >= limits.count
    ) {
      throw lineError(loan, "too-many-fields", at, lineStart, start + fieldsStart, limits);
    }
    addEntry(fields, start, lineStart, nameEnd, at);
    at += 2;
    lineStart = at;
    nameEnd = 0;
  }
  fields.scanned = at - start;
  fields.lineStart = lineStart - start;
  fields.nameEnd = nameEnd === 0 ? 0 : nameEnd - start;
  if (at - lineStart > limits.lineBytes || at - start - fieldsStart > limits.sectionBytes) {
    throw lineError(loan, "field-line-too-long", at, lineStart, start + fieldsStart, limits);
  }
  return false;
}

function addEntry(fields: FieldTable, start: number, lineStart: number, nameEnd: number, lineEnd: number): void {
  let valueStart = nameEnd + 1;
  let valueEnd = lineEnd;
  while (BYTES[valueStart] === SP || BYTES[valueStart] === HTAB) valueStart++;
  while (valueEnd > valueStart && (BYTES[valueEnd - 1] === SP || BYTES[valueEnd - 1] === HTAB)) valueEnd--;
  const key = nameKeyInWindow(lineStart, nameEnd);
  const bit = knownFieldBit(key, lineStart, nameEnd);
  if (bit !== 0) {
    fields.repeated |= fields.present & bit;
    fields.present |= bit;
  }
  const entry = fields.size * ENTRY_NUMBERS;
  if (entry === fields.entries.length) fields.grow();
  const entries = fields.entries;
  entries[entry] = key;
  entries[entry + 1] = lineStart - start;
  entries[entry + 2] = nameEnd - start;
  entries[entry + 3] = valueStart - start;
  entries[entry + 4] = valueEnd - start;
  fields.size++;
}

function nameError(
  loan: ByteLoan,
  at: number,
  lineStart: number,
  fieldsStart: number,
  limits: FieldSectionLimits,
): HttpSyntaxError {
  const byte = BYTES[at]!;
  let code: HttpSyntaxErrorCode = "field-name-invalid";
  if (byte === LF) code = "bare-lf";
  else if (isWhitespace(byte)) code = at === lineStart ? "obs-fold" : "field-name-space";
  return lineError(loan, code, at, lineStart, fieldsStart, limits);
}

function valueError(
  loan: ByteLoan,
  at: number,
  lineStart: number,
  fieldsStart: number,
  limits: FieldSectionLimits,
): HttpSyntaxError {
  return lineError(loan, BYTES[at] === LF ? "bare-lf" : "field-value-invalid", at, lineStart, fieldsStart, limits);
}

/** The error `code` at window index `at`, unless a limit was exceeded before it: the same at every split of the bytes. */
function lineError(
  loan: ByteLoan,
  code: HttpSyntaxErrorCode,
  at: number,
  lineStart: number,
  fieldsStart: number,
  limits: FieldSectionLimits,
): HttpSyntaxError {
  const lineLimit = lineStart + limits.lineBytes;
  const sectionLimit = fieldsStart + limits.sectionBytes;
  if (at > lineLimit && lineLimit <= sectionLimit)
    return loan.error("field-line-too-long", lineLimit, limits.lineBytes);
  if (at > sectionLimit) return loan.error("field-section-too-long", sectionLimit, limits.sectionBytes);
  return loan.error(code, at, code === "too-many-fields" ? limits.count : undefined);
}
