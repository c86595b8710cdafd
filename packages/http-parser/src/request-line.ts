/**
 * request-line = method SP request-target SP HTTP-version CRLF (RFC 9112 §3).
 *
 * One SP each: the RFC lets a server split at any white space, but then a target with a space in it means one thing
 * here and another elsewhere. A line that the window does not hold whole is read again when there is more.
 */
import { endOfRun, endOfText } from "./byte-run.ts";
import {
  METHOD_INVALID,
  REQUEST_LINE_TOO_LONG,
  TARGET_INVALID,
  VERSION_INVALID,
  VERSION_UNSUPPORTED,
} from "./errors.ts";
import { CR, DOLLAR_WORD, SP, TARGET_CHAR, TCHAR, VERSION_BYTES } from "./grammar.ts";
import { endOfVersion, versionMinorAt } from "./http-version.ts";
import type { ParserLimits } from "./limits.ts";
import type { RequestHeadRecord } from "./request-head.ts";
import { byteAt, cutShort, isCrlf } from "./window.ts";

/**
 * Reads the request line at window index `start`.
 *
 * @returns Whether it is complete; `head.fields.fieldsStart` is then where the field section begins.
 */
export function scanRequestLine(head: RequestHeadRecord, start: number, limits: ParserLimits): boolean {
  const maximum = limits.maxRequestLineBytes;
  let rule = METHOD_INVALID;
  let at = endOfRun(TCHAR, start);
  const methodEnd = at;
  if (byteAt(at) === SP && at !== start) {
    at = endOfText(TARGET_CHAR, DOLLAR_WORD, at + 1);
    rule = byteAt(at) === CR ? VERSION_INVALID : TARGET_INVALID;
    const targetEnd = at;
    if (byteAt(at) === SP && at !== methodEnd + 1) {
      rule = VERSION_INVALID;
      const minor = versionMinorAt(++at);
      at = minor < 0 ? endOfVersion(at) : at + VERSION_BYTES;
      if (at - start <= maximum && isCrlf(at) && at === targetEnd + 1 + VERSION_BYTES) {
        if (minor !== -1) {
          head.methodEnd = methodEnd;
          head.targetEnd = targetEnd;
          head.versionMinor = minor;
          head.fields.fieldsStart = head.fields.end = at + 2;
          return true;
        }
        // RFC 9110 §2.5 would have HTTP/1.2 read as HTTP/1.1. There is no HTTP/1.2 and none will be made, so whoever
        // sends one is finding out what we do with it.
        rule = VERSION_UNSUPPORTED;
        at = targetEnd + 1;
      }
    }
  }
  return cutShort(rule, at, REQUEST_LINE_TOO_LONG, start + maximum, maximum);
}
