/**
 * request-target = origin-form / absolute-form / authority-form / asterisk-form (RFC 9112 §3.2), and the Host that
 * goes with it. Decided on the scanned head while it is still in the window.
 */
import type { ByteLoan } from "./byte-loan.ts";
import { WINDOW, WINDOW_WORDS } from "./byte-loan.ts";
import { COLON, isDigit, SLASH } from "./grammar.ts";
import { scanHost } from "./host.ts";
import { findKnownAgain, HOST, indexOfKnown } from "./known-fields.ts";
import type { RequestHeadRecord } from "./request-head.ts";

const ASTERISK = 0x2a;
const QUESTION_MARK = 0x3f;
/** `CONN`, `NECT`, `OPTI` and `IONS` as words. */
const WORD_CONN = 0x4e4e4f43;
const WORD_NECT = 0x5443454e;
const WORD_OPTI = 0x4954504f;
const WORD_IONS = 0x534e4f49;

/** Where an authority stands in the window; empty when the target has none. */
interface Authority {
  readonly start: number;
  readonly end: number;
}

/**
 * Checks the form of the target and that Host agrees with it.
 *
 * @throws {HttpSyntaxError} `target-form-invalid`, `host-missing`, `host-repeated`, `host-invalid` or `host-mismatch`.
 */
export function checkTargetAndHost(head: RequestHeadRecord, loan: ByteLoan): void {
  const start = loan.start;
  const target = start + head.methodEnd + 1;
  const targetEnd = start + head.targetEnd;
  const connect = isMethod(head, start, WORD_CONN, WORD_NECT);
  let authority: Authority | undefined;
  if (connect) {
    authority = authorityForm(loan, target, targetEnd);
  } else if (WINDOW[target] !== SLASH) {
    authority = otherForm(head, loan, target, targetEnd);
  }
  checkHost(head, loan, authority, connect);
}

/** authority-form = uri-host ":" port (RFC 9112 §3.2.3): only CONNECT takes it, and it takes nothing else. */
function authorityForm(loan: ByteLoan, start: number, end: number): Authority {
  const colon = scanHost(start, end);
  if (colon <= start || colon + 1 >= end) throw loan.error("target-form-invalid", start);
  return { start, end };
}

/** asterisk-form = "*" (RFC 9112 §3.2.4), for OPTIONS alone, or absolute-form. */
function otherForm(head: RequestHeadRecord, loan: ByteLoan, start: number, end: number): Authority | undefined {
  if (WINDOW[start] === ASTERISK && end - start === 1) {
    if (isMethod(head, loan.start, WORD_OPTI, WORD_IONS)) return undefined;
    throw loan.error("target-form-invalid", start);
  }
  return absoluteForm(loan, start, end);
}

/**
 * absolute-form = scheme "://" authority path-abempty [ "?" query ] (RFC 9112 §3.2.2, RFC 3986 §3).
 * An absolute-URI without authority (`mailto:x`) is refused: nothing that is reached over HTTP/1.1 has one, and
 * `example.com:443` would be read as a scheme and a path. User information is refused by RFC 9110 §4.2.4.
 */
function absoluteForm(loan: ByteLoan, start: number, end: number): Authority {
  let at = start;
  while (isSchemeByte(WINDOW[at]!, at === start)) at++;
  const authorityStart = at + 3;
  const separated = WINDOW[at] === COLON && WINDOW[at + 1] === SLASH && WINDOW[at + 2] === SLASH;
  if (at === start || !separated) throw loan.error("target-form-invalid", start);
  let authorityEnd = authorityStart;
  while (authorityEnd < end && WINDOW[authorityEnd] !== SLASH && WINDOW[authorityEnd] !== QUESTION_MARK) authorityEnd++;
  if (scanHost(authorityStart, authorityEnd) <= authorityStart) throw loan.error("target-form-invalid", authorityStart);
  return { start: authorityStart, end: authorityEnd };
}

/** scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) (RFC 3986 §3.1) */
function isSchemeByte(byte: number, first: boolean): boolean {
  const letter = byte | 0x20;
  if (letter >= 0x61 && letter <= 0x7a) return true;
  return !first && (isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e);
}

function isMethod(head: RequestHeadRecord, start: number, first: number, last: number): boolean {
  return (
    head.methodEnd === 7 &&
    WINDOW_WORDS.getInt32(start, true) === first &&
    WINDOW_WORDS.getInt32(start + 3, true) === last
  );
}

/** RFC 9112 §3.2: exactly one Host in HTTP/1.1, and a valid one wherever it is sent. */
function checkHost(head: RequestHeadRecord, loan: ByteLoan, authority: Authority | undefined, connect: boolean): void {
  const { fields } = head;
  if ((fields.present & HOST.bit) === 0) {
    if (head.versionMinor === 1) throw loan.error("host-missing", loan.start + fields.scanned);
    return;
  }
  const index = indexOfKnown(fields, HOST);
  if ((fields.repeated & HOST.bit) !== 0) {
    const second = findKnownAgain(fields, loan.start, HOST, index + 1);
    throw loan.error("host-repeated", loan.start + fields.nameStartOf(second));
  }
  const start = loan.start + fields.valueStartOf(index);
  const end = loan.start + fields.valueEndOf(index);
  const colon = scanHost(start, end);
  if (colon < 0) throw loan.error("host-invalid", start);
  if (authority === undefined) return;
  // Some clients leave the port out of Host when they send CONNECT; no two readers differ about the host then.
  const port = connect && colon === end ? scanHost(authority.start, authority.end) : authority.end;
  if (!isSameText(authority.start, port, start, end)) throw loan.error("host-mismatch", start);
}

/**
 * RFC 9112 §3.2.2 has a server use the target's authority and ignore Host. A proxy in front may have done the
 * opposite, so they must agree; hosts compare without case (RFC 9110 §4.2.3).
 */
function isSameText(start: number, end: number, otherStart: number, otherEnd: number): boolean {
  if (end - start !== otherEnd - otherStart) return false;
  for (let index = 0; index < end - start; index++) {
    if (lowerCase(WINDOW[start + index]!) !== lowerCase(WINDOW[otherStart + index]!)) return false;
  }
  return true;
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}
