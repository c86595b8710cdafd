/**
 * field-line = field-name ":" OWS field-value OWS (RFC 9112 §5), read line by line up to the empty line that ends the
 * section. Nothing is decoded here: an entry per line goes into the table.
 *
 * Every byte is looked at once. When the window ends inside a line, the table remembers the place.
 */
import type { ByteLoan } from "./byte-loan.ts";
import { WINDOW, WINDOW_WORDS } from "./byte-loan.ts";
import { endOfFieldContent, endOfRun } from "./byte-run.ts";
import type { HttpSyntaxError, HttpSyntaxErrorCode } from "./errors.ts";
import { type FieldTable, nameTag } from "./field-section.ts";
import { COLON, CR, isWhitespace, LF, SP, TCHAR } from "./grammar.ts";
import { FIRST_WORDS, noteKnownField } from "./known-fields.ts";
import type { FieldSectionLimits } from "./limits.ts";
import { LOWER_CASE } from "./window-token.ts";

const TOKEN = TCHAR;
const BYTES = WINDOW;
const WORDS = WINDOW_WORDS;
/** CR and LF as one number. */
const CRLF = 0x0a0d;
const KNOWN_WORDS = FIRST_WORDS;

/**
 * Reads field lines from where `fields` says scanning stopped.
 *
 * @returns Whether the section is complete; `fields.scanned` is then its length.
 */
// oxlint-disable-next-line max-lines-per-function -- the loop over every byte of a head: as one function its state stays in registers
export function scanFieldLines(fields: FieldTable, loan: ByteLoan, limits: FieldSectionLimits): boolean {
  const { start } = loan;
  const sectionLimit = start + fields.fieldsStart + limits.sectionBytes;
  let { offsets } = fields;
  let { nameTags } = offsets;
  let room = Math.min(nameTags.length, limits.count);
  let { size, tagsOnce, tagsTwice } = fields;
  let lineStart = start + fields.lineStart;
  let nameEnd = fields.nameEnd === 0 ? 0 : start + fields.nameEnd;
  let at = start + fields.scanned;
  let complete = false;
  for (;;) {
    if (nameEnd === 0) {
      at = endOfRun(TOKEN, at);
      if (BYTES[at] !== COLON || at === lineStart) {
        complete = isSectionEnd(fields, loan, at, lineStart, limits);
        break;
      }
      nameEnd = at++;
    }
    at = endOfFieldContent(at);
    // The NUL behind the last byte is neither, so what is not CRLF may be CRLF cut short.
    if (WORDS.getInt16(at, true) !== CRLF) {
      if (isCutShort(loan, at)) break;
      throw valueError(fields, loan, at, lineStart, limits);
    }
    if (at - lineStart > limits.lineBytes || at > sectionLimit)
      throw lineError(fields, loan, "too-many-fields", at, lineStart, limits);
    if (size === room) {
      if (size >= limits.count) throw lineError(fields, loan, "too-many-fields", at, lineStart, limits);
      offsets = fields.grow();
      ({ nameTags } = offsets);
      room = Math.min(nameTags.length, limits.count);
    }
    const length = nameEnd - lineStart;
    const tag = nameTag(BYTES[lineStart]!, length);
    const valueStart = startOfValue(nameEnd + 1, at);
    const valueEnd = endOfValue(valueStart, at);
    offsets.setBounds(size, lineStart - start, nameEnd - start, valueStart - start, valueEnd - start);
    nameTags[size] = tag;
    tagsTwice |= tagsOnce & (1 << tag);
    tagsOnce |= 1 << tag;
    if (KNOWN_WORDS[length & 31] === (WORDS.getInt32(lineStart, true) | LOWER_CASE)) {
      noteKnownField(fields, size, lineStart, nameEnd);
    }
    size++;
    at += 2;
    lineStart = at;
    nameEnd = 0;
  }
  fields.size = size;
  fields.tagsOnce = tagsOnce;
  fields.tagsTwice = tagsTwice;
  fields.scanned = (complete ? at + 2 : at) - start;
  if (!complete) suspend(fields, loan, at, lineStart, nameEnd, limits);
  return complete;
}

/** Where a value begins that may have OWS before it. Field content holds no other byte up to SP than SP and HTAB. */
function startOfValue(start: number, end: number): number {
  let at = start;
  while (BYTES[at]! <= SP && at < end) at++;
  return at;
}

/** Where the value that begins at `start` ends, if OWS may stand behind it. */
function endOfValue(start: number, end: number): number {
  let at = end;
  while (BYTES[at - 1]! <= SP && at > start) at--;
  return at;
}

/** Whether what stands at window index `at` is the beginning of a CRLF that the window does not hold whole, or nothing. */
function isCutShort(loan: ByteLoan, at: number): boolean {
  return at >= loan.end || (BYTES[at] === CR && at + 1 >= loan.end);
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
  fields.lineStart = lineStart - start;
  fields.nameEnd = nameEnd === 0 ? 0 : nameEnd - start;
  if (at - lineStart > limits.lineBytes || at - start - fields.fieldsStart > limits.sectionBytes) {
    throw lineError(fields, loan, "field-line-too-long", at, lineStart, limits);
  }
}

/** Whether the line at `lineStart`, whose name ends at `at` without a colon, is the empty line; false when it is cut short. */
function isSectionEnd(
  fields: FieldTable,
  loan: ByteLoan,
  at: number,
  lineStart: number,
  limits: FieldSectionLimits,
): boolean {
  if (at === lineStart && WORDS.getInt16(at, true) === CRLF) return true;
  if (at >= loan.end || (at === lineStart && isCutShort(loan, at))) return false;
  const byte = BYTES[at]!;
  if (at === lineStart && byte === CR) throw lineError(fields, loan, "bare-cr", at + 1, lineStart, limits);
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
