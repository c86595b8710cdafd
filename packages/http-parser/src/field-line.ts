/**
 * field-line = field-name ":" OWS field-value OWS (RFC 9112 §5), read line by line up to the empty line that ends the
 * section. Nothing is decoded here: an entry per line goes into the table.
 *
 * Every byte is looked at once. When the window ends inside a line, the table remembers the place.
 */
import type { ByteLoan } from "./byte-loan.ts";
import { WINDOW, WINDOW_WORDS } from "./byte-loan.ts";
import type { HttpSyntaxError, HttpSyntaxErrorCode } from "./errors.ts";
import { type FieldTable, nameTag } from "./field-section.ts";
import { COLON, CR, FIELD_CONTENT, isWhitespace, LF, TCHAR } from "./grammar.ts";
import { FIRST_WORDS, noteKnownField } from "./known-fields.ts";
import type { FieldSectionLimits } from "./limits.ts";
import { LOWER_CASE } from "./window-token.ts";

const TOKEN = TCHAR;
const CONTENT = FIELD_CONTENT;
const BYTES = WINDOW;
const WORDS = WINDOW_WORDS;
const KNOWN_WORDS = FIRST_WORDS;

/**
 * Reads field lines from where `fields` says scanning stopped.
 *
 * @returns Whether the section is complete; `fields.scanned` is then its length.
 */
// oxlint-disable-next-line max-lines-per-function -- the loop over every byte of a head: as one function its state stays in registers
export function scanFieldLines(fields: FieldTable, loan: ByteLoan, limits: FieldSectionLimits): boolean {
  const { start, end } = loan;
  const { lineBytes } = limits;
  const sectionEnd = start + fields.fieldsStart + limits.sectionBytes;
  let { ends, nameTags } = fields.offsets;
  let size = fields.size;
  let lineStart = start + fields.lineStart;
  let nameEnd = fields.nameEnd === 0 ? 0 : start + fields.nameEnd;
  let at = start + fields.scanned;
  for (;;) {
    if (nameEnd === 0) {
      // Eight at a time: most names end in the first or second turn, and one long branch is predicted better than
      // twelve short ones (1.4 times as fast on a browser's request).
      for (;;) {
        if (TOKEN[BYTES[at]!] === 0) break;
        if (TOKEN[BYTES[at + 1]!] === 0) {
          at += 1;
          break;
        }
        if (TOKEN[BYTES[at + 2]!] === 0) {
          at += 2;
          break;
        }
        if (TOKEN[BYTES[at + 3]!] === 0) {
          at += 3;
          break;
        }
        if (TOKEN[BYTES[at + 4]!] === 0) {
          at += 4;
          break;
        }
        if (TOKEN[BYTES[at + 5]!] === 0) {
          at += 5;
          break;
        }
        if (TOKEN[BYTES[at + 6]!] === 0) {
          at += 6;
          break;
        }
        if (TOKEN[BYTES[at + 7]!] === 0) {
          at += 7;
          break;
        }
        at += 8;
      }
      if (BYTES[at] !== COLON || at === lineStart) {
        if (at >= end || (BYTES[at] === CR && at === lineStart && at + 1 >= end)) break;
        checkSectionEnd(fields, loan, at, lineStart, limits);
        fields.scanned = at + 2 - start;
        return true;
      }
      nameEnd = at++;
    }
    for (;;) {
      // A byte below 0x20, 0x7f or above borrows from or carries into the highest bit of its lane.
      const word = WORDS.getInt32(at, true);
      const stop = ((word - 0x20202020) | (word + 0x01010101) | word) & -0x7f7f7f80;
      if (stop === 0) {
        at += 4;
        continue;
      }
      at += (31 - Math.clz32(stop & -stop)) >> 3;
      if (CONTENT[BYTES[at]!] === 0) break;
      at++;
    }
    if (at + 1 >= end && (at >= end || BYTES[at] === CR)) break;
    if (BYTES[at] !== CR || BYTES[at + 1] !== LF) throw valueError(fields, loan, at, lineStart, limits);
    if (at - lineStart > lineBytes || at > sectionEnd || size >= limits.count) {
      throw lineError(fields, loan, "too-many-fields", at, lineStart, limits);
    }
    if (size === nameTags.length) ({ ends, nameTags } = fields.grow());
    ends[size * 2] = nameEnd - start;
    ends[size * 2 + 1] = at - start;
    nameTags[size] = nameTag(BYTES[lineStart]!, nameEnd - lineStart);
    fields.size = ++size;
    if (KNOWN_WORDS[(nameEnd - lineStart) & 31] === (WORDS.getInt32(lineStart, true) | LOWER_CASE)) {
      noteKnownField(fields, lineStart, nameEnd);
    }
    at += 2;
    lineStart = at;
    nameEnd = 0;
  }
  suspend(fields, loan, at, lineStart, nameEnd, limits);
  return false;
}

/** Remembers where the window ended. */
function suspend(
  fields: FieldTable,
  loan: ByteLoan,
  at: number,
  lineStart: number,
  nameEnd: number,
  limits: FieldSectionLimits,
): void {
  const { start } = loan;
  fields.scanned = at - start;
  fields.lineStart = lineStart - start;
  fields.nameEnd = nameEnd === 0 ? 0 : nameEnd - start;
  if (at - lineStart > limits.lineBytes || at - start - fields.fieldsStart > limits.sectionBytes) {
    throw lineError(fields, loan, "field-line-too-long", at, lineStart, limits);
  }
}

/** Checks that the line at `lineStart`, whose name ends at `at` without a colon, is the empty line. */
function checkSectionEnd(
  fields: FieldTable,
  loan: ByteLoan,
  at: number,
  lineStart: number,
  limits: FieldSectionLimits,
): void {
  const byte = BYTES[at]!;
  if (at === lineStart && byte === CR) {
    if (BYTES[at + 1] === LF) return;
    throw lineError(fields, loan, "bare-cr", at + 1, lineStart, limits);
  }
  let code: HttpSyntaxErrorCode = "field-name-invalid";
  if (byte === LF) code = "bare-lf";
  else if (isWhitespace(byte)) code = at === lineStart ? "obs-fold" : "field-name-space";
  throw lineError(fields, loan, code, at, lineStart, limits);
}

function valueError(
  fields: FieldTable,
  loan: ByteLoan,
  at: number,
  lineStart: number,
  limits: FieldSectionLimits,
): HttpSyntaxError {
  if (BYTES[at] === CR) return lineError(fields, loan, "bare-cr", at + 1, lineStart, limits);
  return lineError(fields, loan, BYTES[at] === LF ? "bare-lf" : "field-value-invalid", at, lineStart, limits);
}

/** The error `code` at window index `at`, unless a limit was exceeded before it: the same at every split of the bytes. */
function lineError(
  fields: FieldTable,
  loan: ByteLoan,
  code: HttpSyntaxErrorCode,
  at: number,
  lineStart: number,
  limits: FieldSectionLimits,
): HttpSyntaxError {
  const lineLimit = lineStart + limits.lineBytes;
  const sectionLimit = loan.start + fields.fieldsStart + limits.sectionBytes;
  if (at > lineLimit && lineLimit <= sectionLimit) {
    return loan.overLimit("field-line-too-long", lineLimit, limits.lineBytes);
  }
  if (at > sectionLimit) return loan.overLimit("field-section-too-long", sectionLimit, limits.sectionBytes);
  return code === "too-many-fields" ? loan.overLimit(code, lineStart, limits.count) : loan.unexpected(code, at);
}
