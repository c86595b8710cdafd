/**
 * Message Body Length (RFC 9112 §6.3): the one place where it is decided how much of what follows a head belongs to
 * the message. The steps are the RFC's. Where it lets a recipient repair a message, the message is refused instead:
 * repairs are where two recipients part ways, and then one of them sees a request inside another's content.
 */
import type { ByteLoan } from "./byte-loan.ts";
import { WINDOW } from "./byte-loan.ts";
import type { HttpSyntaxErrorCode } from "./errors.ts";
import type { FieldTable } from "./field-section.ts";
import { COMMA, isDigit, isWhitespace } from "./grammar.ts";
import { CONTENT_LENGTH, findKnownAgain, indexOfKnown, type KnownField, TRANSFER_ENCODING } from "./known-fields.ts";
import { isTokenInWindow, type WindowToken, windowToken } from "./window-token.ts";

/** A length in bytes, or one of these. */
export type BodyFraming = number;
export const CHUNKED: BodyFraming = -1;
export const UNTIL_CLOSE: BodyFraming = -2;

/** transfer-coding (RFC 9112 §7.1) */
const CHUNKED_CODING: WindowToken = /* @__PURE__ */ windowToken("chunked");

const TOO_LARGE = -1;
const NOT_DIGITS = -2;

/** How a request's content is framed: `CHUNKED` or a length in bytes. */
export function requestFraming(fields: FieldTable, versionMinor: 0 | 1, loan: ByteLoan): BodyFraming {
  // Steps 1 and 2 are about responses.
  const known = fields.present & (CONTENT_LENGTH.bit | TRANSFER_ENCODING.bit);
  // Step 7: a request without either has no content.
  if (known === 0) return 0;
  return declaredFraming(fields, versionMinor, loan);
}

/**
 * What the method and the status code of a response leave to decide.
 *
 * @param status From 100 to 599.
 * @param requestMethod Of the request that is answered.
 */
export function responseFraming(
  fields: FieldTable,
  versionMinor: 0 | 1,
  status: number,
  requestMethod: string,
  loan: ByteLoan,
): BodyFraming {
  const known = fields.present & (CONTENT_LENGTH.bit | TRANSFER_ENCODING.bit);
  const declared = known === 0 ? UNTIL_CLOSE : declaredFraming(fields, versionMinor, loan);
  // Step 1: no content, whatever the fields say.
  if (status < 200 || status === 204 || status === 304 || requestMethod === "HEAD") return 0;
  // Step 2: 2xx to CONNECT turns the connection into a tunnel; step 8: what declares no length ends with the connection.
  return requestMethod === "CONNECT" && status < 300 ? 0 : declared;
}

/** Steps 3 to 6, the same for requests and responses. */
function declaredFraming(fields: FieldTable, versionMinor: 0 | 1, loan: ByteLoan): BodyFraming {
  if ((fields.present & TRANSFER_ENCODING.bit) !== 0) {
    // RFC 9112 §6.1: in HTTP/1.0 it means a recipient of it cannot trust the framing.
    if (versionMinor === 0) throw fieldError(fields, TRANSFER_ENCODING, "transfer-encoding-in-http-1-0", loan);
    // Step 3: both is an error or an attack.
    if ((fields.present & CONTENT_LENGTH.bit) !== 0) {
      throw fieldError(fields, TRANSFER_ENCODING, "transfer-encoding-with-length", loan);
    }
    // Step 4.
    checkTransferEncoding(fields, loan);
    return CHUNKED;
  }
  // Step 5: equal repetitions may be accepted by the RFC; here they are not.
  if ((fields.repeated & CONTENT_LENGTH.bit) !== 0) {
    throw fieldError(fields, CONTENT_LENGTH, "content-length-repeated", loan);
  }
  // Step 6.
  const index = indexOfKnown(fields, CONTENT_LENGTH);
  const start = loan.start + fields.valueStartOf(index);
  const length = readContentLength(start, loan.start + fields.valueEndOf(index));
  if (length === NOT_DIGITS) throw loan.error("content-length-invalid", start);
  if (length === TOO_LARGE) throw loan.error("content-length-too-large", start);
  return length;
}

/** Content-Length = 1*DIGIT (RFC 9110 §8.6) */
function readContentLength(start: number, end: number): number {
  if (start === end) return NOT_DIGITS;
  let length = 0;
  for (let at = start; at < end; at++) {
    if (!isDigit(WINDOW[at]!)) return NOT_DIGITS;
    if (length <= Number.MAX_SAFE_INTEGER) length = length * 10 + (WINDOW[at]! - 0x30);
  }
  return length > Number.MAX_SAFE_INTEGER ? TOO_LARGE : length;
}

/**
 * Transfer-Encoding = #transfer-coding (RFC 9112 §6.1). One final `chunked` is read; another coding before it is
 * answered 501 by §6.1; anything else leaves the end of the content unknown.
 */
function checkTransferEncoding(fields: FieldTable, loan: ByteLoan): void {
  const index = indexOfKnown(fields, TRANSFER_ENCODING);
  const start = loan.start + fields.valueStartOf(index);
  const end = loan.start + fields.valueEndOf(index);
  if ((fields.repeated & TRANSFER_ENCODING.bit) === 0 && isTokenInWindow(start, end, CHUNKED_CODING)) return;
  const repeated = (fields.repeated & TRANSFER_ENCODING.bit) !== 0;
  const unknown = !repeated && start < end && !namesChunked(start, end);
  throw loan.error(unknown ? "transfer-coding-unsupported" : "transfer-encoding-invalid", start);
}

/** Whether a member before the last is `chunked`, or the value has no other fault than what stands with a final one. */
function namesChunked(start: number, end: number): boolean {
  let first = start;
  for (let at = start; at < end; at++) {
    if (WINDOW[at] !== COMMA) continue;
    let last = at;
    while (last > first && isWhitespace(WINDOW[last - 1]!)) last--;
    if (isTokenInWindow(first, last, CHUNKED_CODING)) return true;
    first = at + 1;
    while (isWhitespace(WINDOW[first]!)) first++;
  }
  return false;
}

/** An error at the name of the second field line that is called so, or of the only one. */
function fieldError(fields: FieldTable, known: KnownField, code: HttpSyntaxErrorCode, loan: ByteLoan): Error {
  const first = indexOfKnown(fields, known);
  const second = findKnownAgain(fields, loan.start, known, first + 1);
  return loan.error(code, loan.start + fields.nameStartOf(second === fields.size ? first : second));
}
