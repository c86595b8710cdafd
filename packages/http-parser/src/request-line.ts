/**
 * request-line = method SP request-target SP HTTP-version CRLF (RFC 9112 §3).
 *
 * One SP each: the RFC lets a server split at any white space, but then a target with a space in it means one thing
 * here and another elsewhere. A line that the window does not hold whole is read again when there is more.
 */
import { endOfRun } from "./byte-run.ts";
import {
  METHOD_INVALID,
  REQUEST_LINE_TOO_LONG,
  type SyntaxErrorRule,
  TARGET_INVALID,
  VERSION_INVALID,
  VERSION_UNSUPPORTED,
} from "./errors.ts";
import { CR, SP, TARGET_CHAR, TCHAR, VERSION_BYTES } from "./grammar.ts";
import { endOfVersion, versionMinorAt } from "./http-version.ts";
import type { ParserLimits } from "./limits.ts";
import type { RequestHeadRecord } from "./request-head.ts";
import { cutShort, isCrlf, WINDOW, windowEnd } from "./window.ts";

/**
 * Reads the request line at window index `start`.
 *
 * @returns Whether it is complete; `head.fields.fieldsStart` is then where the field section begins.
 */
export function scanRequestLine(head: RequestHeadRecord, start: number, limits: ParserLimits): boolean {
  const maximum = limits.maxRequestLineBytes;
  const stop = (rule: SyntaxErrorRule, at: number): false =>
    cutShort(rule, at, REQUEST_LINE_TOO_LONG, start + maximum, maximum);
  const methodEnd = endOfRun(TCHAR, start);
  if (WINDOW[methodEnd] !== SP || methodEnd === start) return stop(METHOD_INVALID, methodEnd);
  const targetEnd = endOfRun(TARGET_CHAR, methodEnd + 1);
  if (WINDOW[targetEnd] !== SP || targetEnd === methodEnd + 1) {
    return stop(WINDOW[targetEnd] === CR ? VERSION_INVALID : TARGET_INVALID, targetEnd);
  }
  const minor = versionMinorAt(targetEnd + 1);
  const end = targetEnd + 1 + VERSION_BYTES;
  if (minor === -1) {
    // RFC 9110 §2.5 would have HTTP/1.2 read as HTTP/1.1. There is no HTTP/1.2 and none will be made, so whoever sends
    // one is finding out what we do with it.
    const versionEnd = endOfVersion(targetEnd + 1);
    const whole = versionEnd === end && end < windowEnd;
    return stop(whole ? VERSION_UNSUPPORTED : VERSION_INVALID, whole ? targetEnd + 1 : versionEnd);
  }
  if (!isCrlf(end) || end - start > maximum) return stop(VERSION_INVALID, end);
  head.methodEnd = methodEnd;
  head.targetEnd = targetEnd;
  head.versionMinor = minor;
  head.fields.fieldsStart = head.fields.end = end + 2;
  return true;
}
