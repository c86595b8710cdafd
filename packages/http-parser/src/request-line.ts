/**
 * request-line = method SP request-target SP HTTP-version CRLF (RFC 9112 §3).
 *
 * One SP each: the RFC lets a server split at any white space, but then a target with a space in it means one thing
 * here and another elsewhere.
 */
import type { ByteLoan } from "./byte-loan.ts";
import { WINDOW, WINDOW_WORDS } from "./byte-loan.ts";
import { endOfRun } from "./byte-run.ts";
import type { HttpSyntaxError, HttpSyntaxErrorCode } from "./errors.ts";
import { CR, LF, SP, TARGET_CHAR, TCHAR } from "./grammar.ts";
import { VERSION_BYTES, versionLengthAt, versionMinorAt } from "./http-version.ts";
import type { RequestHeadRecord } from "./request-head.ts";

/**
 * Reads a request line from where `head` says scanning stopped.
 *
 * @returns Whether it is complete; `head.fields.fieldsStart` is then where the field section begins.
 */
export function scanRequestLine(head: RequestHeadRecord, loan: ByteLoan, maximum: number): boolean {
  const { start, end } = loan;
  const { fields } = head;
  let at = start + fields.scanned;
  if (head.methodEnd === 0) {
    at = endOfRun(TCHAR, at);
    if (at >= end) return suspend(head, loan, at, maximum);
    if (WINDOW[at] !== SP || at === start) throw lineError(loan, "method-invalid", at, maximum);
    head.methodEnd = at++ - start;
    head.firstWord = WINDOW_WORDS.getInt32(start, true);
  }
  if (head.targetEnd === 0) {
    at = endOfRun(TARGET_CHAR, at);
    if (at >= end) return suspend(head, loan, at, maximum);
    if (WINDOW[at] !== SP || at === start + head.methodEnd + 1)
      throw lineError(loan, targetError(WINDOW[at]!), at, maximum);
    head.targetEnd = at++ - start;
  }
  const minor = versionMinorAt(at);
  if (minor !== -1 && WINDOW[at + VERSION_BYTES] === CR && WINDOW[at + VERSION_BYTES + 1] === LF) {
    return complete(head, loan, at, minor, maximum);
  }
  checkVersion(loan, at, maximum);
  return suspend(head, loan, at, maximum);
}

function complete(head: RequestHeadRecord, loan: ByteLoan, version: number, minor: 0 | 1, maximum: number): true {
  const lineLength = version + VERSION_BYTES - loan.start;
  if (lineLength > maximum) throw lineError(loan, "request-line-too-long", loan.start + lineLength, maximum);
  head.versionMinor = minor;
  head.fields.openFields(lineLength + 2);
  return true;
}

function suspend(head: RequestHeadRecord, loan: ByteLoan, at: number, maximum: number): false {
  if (loan.end - loan.start > maximum + 2) throw lineError(loan, "request-line-too-long", loan.end, maximum);
  head.fields.scanned = at - loan.start;
  return false;
}

/**
 * Finds what is wrong with a version that is not HTTP/1.0 or 1.1 with CRLF behind it; returns when it is only cut short.
 *
 * RFC 9110 §2.5 would have HTTP/1.2 read as HTTP/1.1. There is no HTTP/1.2 and none will be made, so whoever sends
 * one is finding out what we do with it.
 */
function checkVersion(loan: ByteLoan, version: number, maximum: number): void {
  const { end } = loan;
  const at = version + versionLengthAt(version, end);
  if (at >= end) return;
  if (at < version + VERSION_BYTES) throw lineError(loan, "version-invalid", at, maximum);
  if (versionMinorAt(version) === -1) throw lineError(loan, "version-unsupported", version, maximum);
  if (WINDOW[at] !== CR) throw lineError(loan, WINDOW[at] === LF ? "bare-lf" : "version-invalid", at, maximum);
  if (at + 1 < end) throw lineError(loan, "bare-cr", at + 1, maximum);
}

function targetError(byte: number): HttpSyntaxErrorCode {
  return byte === CR || byte === LF ? "version-invalid" : "target-invalid";
}

/** The error `code` at window index `at`, unless the line was too long before it. */
function lineError(loan: ByteLoan, code: HttpSyntaxErrorCode, at: number, maximum: number): HttpSyntaxError {
  const limit = loan.start + maximum;
  return at > limit ? loan.overLimit("request-line-too-long", limit, maximum) : loan.unexpected(code, at);
}
