/**
 * status-line = HTTP-version SP status-code SP [ reason-phrase ] CRLF (RFC 9112 §4).
 *
 * The second SP is part of the rule even before an empty phrase. Everything before the phrase has a fixed place, so
 * only the phrase is ever resumed.
 */
import type { ByteLoan } from "./byte-loan.ts";
import { WINDOW } from "./byte-loan.ts";
import { endOfFieldContent } from "./byte-run.ts";
import type { HttpSyntaxError, HttpSyntaxErrorCode } from "./errors.ts";
import { CR, isDigit, LF, SP } from "./grammar.ts";
import { VERSION_BYTES, versionLengthAt, versionMinorAt } from "./http-version.ts";
import { REASON_START, type ResponseHeadRecord } from "./response-head.ts";

const STATUS_START = VERSION_BYTES + 1;

/**
 * Reads a status line from where `head` says scanning stopped.
 *
 * @returns Whether it is complete; `head.fields.fieldsStart` is then where the field section begins.
 */
export function scanStatusLine(head: ResponseHeadRecord, loan: ByteLoan, maximum: number): boolean {
  const { start, end } = loan;
  const { fields } = head;
  if (fields.scanned < REASON_START) {
    checkFixedPart(loan, maximum);
    if (end - start < REASON_START) return false;
    head.versionMinor = versionMinorAt(start) === 0 ? 0 : 1;
    head.status = statusAt(start + STATUS_START);
    fields.scanned = REASON_START;
  }
  const at = endOfFieldContent(start + fields.scanned);
  if (at - start > maximum) throw lineError(loan, "status-line-too-long", at, maximum);
  fields.scanned = at - start;
  if (at >= end) return false;
  if (WINDOW[at] !== CR) throw lineError(loan, WINDOW[at] === LF ? "bare-lf" : "reason-phrase-invalid", at, maximum);
  if (at + 1 >= end) return false;
  if (WINDOW[at + 1] !== LF) throw lineError(loan, "bare-cr", at + 1, maximum);
  fields.openFields(at + 2 - start);
  return true;
}

/** Checks as much of `HTTP/1.1 200 ` as has come. */
function checkFixedPart(loan: ByteLoan, maximum: number): void {
  const { start, end } = loan;
  const version = versionLengthAt(start, end);
  if (start + version >= end) return;
  if (version < VERSION_BYTES) throw lineError(loan, "version-invalid", start + version, maximum);
  if (versionMinorAt(start) === -1) throw lineError(loan, "version-unsupported", start, maximum);
  for (let at = start + VERSION_BYTES; at < Math.min(end, start + REASON_START); at++) {
    const index = at - start;
    const valid = index === VERSION_BYTES || index === REASON_START - 1 ? WINDOW[at] === SP : isDigit(WINDOW[at]!);
    // RFC 9110 §15: from 100 to 599.
    const inRange = index !== STATUS_START || (WINDOW[at]! >= 0x31 && WINDOW[at]! <= 0x35);
    if (!valid || !inRange) throw lineError(loan, "status-code-invalid", at, maximum);
  }
}

function statusAt(start: number): number {
  return WINDOW[start]! * 100 + WINDOW[start + 1]! * 10 + WINDOW[start + 2]! - 0x30 * 111;
}

/** The error `code` at window index `at`, unless the line was too long before it. */
function lineError(loan: ByteLoan, code: HttpSyntaxErrorCode, at: number, maximum: number): HttpSyntaxError {
  const limit = loan.start + maximum;
  return at > limit ? loan.overLimit("status-line-too-long", limit, maximum) : loan.unexpected(code, at);
}
