/**
 * Message Body Length (RFC 9112 §6.3): the one place where it is decided how much of what follows a head belongs to
 * the message. The steps are the RFC's. Where it lets a recipient repair a message, the message is refused instead:
 * repairs are where two recipients part ways, and then one of them sees a request inside another's content.
 */
import {
  CONTENT_LENGTH_INVALID,
  CONTENT_LENGTH_REPEATED,
  CONTENT_LENGTH_TOO_LARGE,
  TRANSFER_CODING_UNSUPPORTED,
  TRANSFER_ENCODING_IN_HTTP_1_0,
  TRANSFER_ENCODING_INVALID,
  TRANSFER_ENCODING_WITH_LENGTH,
} from "./errors.ts";
import { type BodyFraming, CHUNKED, UNTIL_CLOSE } from "./body-lengths.ts";
import { NAME_START, VALUE_START } from "./field-bounds.ts";
import type { FieldTable } from "./field-table.ts";
import { HIGHEST_SIZE } from "./limits.ts";
import { faultAt } from "./window.ts";

const LENGTH = "content-length";
const CODING = "transfer-encoding";

/**
 * How a request's content is framed: `CHUNKED` or a length in bytes. Steps 1 and 2 are about responses.
 *
 * @param undeclared What is so framed that declares nothing; step 7: a request has no content.
 */
export function declaredFraming(fields: FieldTable, versionMinor: 0 | 1, undeclared: BodyFraming): BodyFraming {
  const length = fields.find(LENGTH);
  const coding = fields.find(CODING);
  if (coding >= 0) {
    // RFC 9112 §6.1: in HTTP/1.0 it means a recipient of it cannot trust the framing.
    if (versionMinor === 0) throw faultAt(TRANSFER_ENCODING_IN_HTTP_1_0, fields.boundOf(coding, NAME_START));
    // Step 3: both is an error or an attack.
    if (length >= 0) throw faultAt(TRANSFER_ENCODING_WITH_LENGTH, fields.boundOf(coding, NAME_START));
    // Step 4.
    checkTransferEncoding(fields, coding);
    return CHUNKED;
  }
  if (length < 0) return undeclared;
  // Step 5: equal repetitions may be accepted by the RFC; here they are not.
  const second = fields.find(LENGTH, length + 1);
  if (second >= 0) throw faultAt(CONTENT_LENGTH_REPEATED, fields.boundOf(second, NAME_START));
  // Step 6. Content-Length = 1*DIGIT (RFC 9110 §8.6)
  const value = fields.valueAt(length);
  const digits = /^\d+$/.test(value);
  if (digits && +value <= HIGHEST_SIZE) return +value;
  throw faultAt(digits ? CONTENT_LENGTH_TOO_LARGE : CONTENT_LENGTH_INVALID, fields.boundOf(length, VALUE_START));
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
): BodyFraming {
  // Step 8: what declares no length ends with the connection.
  const declared = declaredFraming(fields, versionMinor, UNTIL_CLOSE);
  // Step 1: no content, whatever the fields say.
  if (status < 200 || status === 204 || status === 304 || requestMethod === "HEAD") return 0;
  // Step 2: 2xx to CONNECT turns the connection into a tunnel.
  return requestMethod === "CONNECT" && status < 300 ? 0 : declared;
}

/**
 * Transfer-Encoding = #transfer-coding (RFC 9112 §6.1). One final `chunked` is read; another coding before it is
 * answered 501 by §6.1; anything else, or `chunked` before another coding, leaves the end of the content unknown.
 */
function checkTransferEncoding(fields: FieldTable, index: number): void {
  const value = fields.find(CODING, index + 1) < 0 ? fields.valueAt(index) : "";
  if (/^chunked$/i.test(value)) return;
  const unknown = value !== "" && !/(^|,)[ \t]*chunked[ \t]*,/i.test(value);
  throw faultAt(unknown ? TRANSFER_CODING_UNSUPPORTED : TRANSFER_ENCODING_INVALID, fields.boundOf(index, VALUE_START));
}
