/**
 * request-line = method SP request-target SP HTTP-version CRLF (RFC 9112 §3).
 *
 * One SP each: the RFC lets a server split at any white space, but then a target with a space in it means one thing
 * here and another elsewhere.
 */
import type { ByteLoan } from "./byte-loan.ts";
import { WINDOW, WINDOW_WORDS } from "./byte-loan.ts";
import type { HttpSyntaxError, HttpSyntaxErrorCode } from "./errors.ts";
import { CR, isDigit, LF, SP, TARGET_CHAR, TCHAR } from "./grammar.ts";
import type { RequestHeadRecord } from "./request-head.ts";

/** `HTTP` and `/1.` with a digit, as the words that four bytes make. */
const WORD_HTTP = 0x50545448;
const WORD_1_1 = 0x312e312f;
const WORD_1_0 = 0x302e312f;
/** HTTP-version CRLF */
const VERSION_LENGTH = 10;
const VERSION_NAME = "HTTP/";

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
    while (TCHAR[WINDOW[at]!] === 1) at++;
    if (at >= end) return suspend(head, loan, at, maximum);
    if (WINDOW[at] !== SP || at === start) throw lineError(loan, "method-invalid", at, maximum);
    head.methodEnd = at++ - start;
  }
  if (head.targetEnd === 0) {
    while (TARGET_CHAR[WINDOW[at]!] === 1) at++;
    if (at >= end) return suspend(head, loan, at, maximum);
    if (WINDOW[at] !== SP || at === start + head.methodEnd + 1)
      throw lineError(loan, targetError(WINDOW[at]!), at, maximum);
    head.targetEnd = at++ - start;
  }
  if (WINDOW_WORDS.getInt32(at, true) === WORD_HTTP && WINDOW[at + 8] === CR && WINDOW[at + 9] === LF) {
    const minor = WINDOW_WORDS.getInt32(at + 4, true);
    if (minor === WORD_1_1 || minor === WORD_1_0) return complete(head, loan, at, minor === WORD_1_1 ? 1 : 0, maximum);
  }
  checkVersion(loan, at, maximum);
  return suspend(head, loan, at, maximum);
}

function complete(head: RequestHeadRecord, loan: ByteLoan, version: number, minor: 0 | 1, maximum: number): true {
  const lineLength = version + 8 - loan.start;
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

/** Finds what is wrong with a version that is not followed by CRLF or not HTTP/1.0 or 1.1; returns when it is only cut short. */
function checkVersion(loan: ByteLoan, version: number, maximum: number): void {
  const { end } = loan;
  for (let at = version; at < version + VERSION_LENGTH; at++) {
    if (at >= end) return;
    const byte = WINDOW[at]!;
    const index = at - version;
    if (index === 8 && !isSupported(version)) throw lineError(loan, "version-unsupported", version, maximum);
    if (index === 8 && byte === LF) throw lineError(loan, "bare-lf", at, maximum);
    if (index === 9 && byte !== LF) throw lineError(loan, "bare-cr", at, maximum);
    if (!isVersionByte(byte, index)) throw lineError(loan, "version-invalid", at, maximum);
  }
}

/** HTTP-version = HTTP-name "/" DIGIT "." DIGIT (RFC 9112 §2.3), and the CR behind it. */
function isVersionByte(byte: number, index: number): boolean {
  if (index < VERSION_NAME.length) return byte === VERSION_NAME.charCodeAt(index);
  if (index === 6) return byte === 0x2e;
  if (index === 8) return byte === CR;
  return index === 9 || isDigit(byte);
}

/**
 * RFC 9110 §2.5 would have HTTP/1.2 read as HTTP/1.1. There is no HTTP/1.2 and none will be made, so whoever sends
 * one is finding out what we do with it.
 */
function isSupported(version: number): boolean {
  const minor = WINDOW_WORDS.getInt32(version + 4, true);
  return minor === WORD_1_1 || minor === WORD_1_0;
}

function targetError(byte: number): HttpSyntaxErrorCode {
  return byte === CR || byte === LF ? "version-invalid" : "target-invalid";
}

/** The error `code` at window index `at`, unless the line was too long before it. */
function lineError(loan: ByteLoan, code: HttpSyntaxErrorCode, at: number, maximum: number): HttpSyntaxError {
  const limit = loan.start + maximum;
  return at > limit ? loan.error("request-line-too-long", limit, maximum) : loan.error(code, at);
}
