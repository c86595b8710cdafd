/**
 * status-line = HTTP-version SP status-code SP [ reason-phrase ] CRLF (RFC 9112 §4).
 *
 * The second SP is part of the rule even before an empty phrase. A line that the window does not hold whole is read
 * again when there is more.
 */
import { endOfText } from "./byte-run.ts";
import {
  REASON_PHRASE_INVALID,
  STATUS_CODE_INVALID,
  STATUS_LINE_TOO_LONG,
  type SyntaxErrorRule,
  VERSION_INVALID,
  VERSION_UNSUPPORTED,
} from "./errors.ts";
import { CLASSES, DIGIT, FIELD_CONTENT, SP, SP_WORD, VERSION_BYTES } from "./grammar.ts";
import { endOfVersion, versionMinorAt } from "./http-version.ts";
import type { ParserLimits } from "./limits.ts";
import { REASON_START, type ResponseHeadRecord } from "./response-head.ts";
import { cutShort, isCrlf, WINDOW, windowEnd } from "./window.ts";

const STATUS_START = VERSION_BYTES + 1;

/**
 * Reads the status line at window index `start`.
 *
 * @returns Whether it is complete; `head.fields.fieldsStart` is then where the field section begins.
 */
export function scanStatusLine(head: ResponseHeadRecord, start: number, limits: ParserLimits): boolean {
  const maximum = limits.maxStatusLineBytes;
  const stop = (rule: SyntaxErrorRule, at: number): false =>
    cutShort(rule, at, STATUS_LINE_TOO_LONG, start + maximum, maximum);
  const minor = versionMinorAt(start);
  if (minor === -1) {
    const versionEnd = endOfVersion(start);
    const whole = versionEnd === start + VERSION_BYTES && versionEnd < windowEnd && VERSION_BYTES <= maximum;
    return stop(whole ? VERSION_UNSUPPORTED : VERSION_INVALID, whole ? start : versionEnd);
  }
  const statusEnd = endOfStatus(start);
  if (statusEnd < start + REASON_START) return stop(STATUS_CODE_INVALID, statusEnd);
  const end = endOfText(FIELD_CONTENT, SP_WORD, statusEnd);
  if (!isCrlf(end) || end - start > maximum) return stop(REASON_PHRASE_INVALID, end);
  head.versionMinor = minor;
  head.status = statusAt(start + STATUS_START);
  head.fields.fieldsStart = head.fields.end = end + 2;
  return true;
}

/** Behind as much of ` 200 ` as stands there, behind the version at window index `start`. */
function endOfStatus(start: number): number {
  let at = start + VERSION_BYTES;
  for (; at < start + REASON_START; at++) {
    const index = at - start;
    const byte = WINDOW[at]!;
    const valid = index === VERSION_BYTES || index === REASON_START - 1 ? byte === SP : (CLASSES[byte]! & DIGIT) !== 0;
    // RFC 9110 §15: from 100 to 599.
    const inRange = index !== STATUS_START || (byte >= 0x31 && byte <= 0x35);
    if (!valid || !inRange) break;
  }
  return at;
}

function statusAt(start: number): number {
  return WINDOW[start]! * 100 + WINDOW[start + 1]! * 10 + WINDOW[start + 2]! - 0x30 * 111;
}
