/** What stands around chunk-data (RFC 9112 §7.1), as text of one character per byte. */
import type { EncodedFields } from "./encoded-fields.ts";

/**
 * What precedes the data of a chunk; a CRLF follows the data.
 *
 * @param size Bytes of data, from 1: a chunk of none would be the last.
 * @throws {RangeError} `size` is not an integer from 1.
 */
export function chunkHead(size: number): string {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`Cannot encode chunk: expected a size from 1, got ${size}`);
  }
  return `${size.toString(16)}\r\n`;
}

/** What follows the data of a chunk. */
export const CHUNK_END = "\r\n";

/**
 * The last chunk, with a trailer section if there is one (RFC 9112 §7.1.2).
 *
 * @throws {TypeError} The trailers hold a Content-Length or a Host (RFC 9110 §6.5.1).
 */
export function lastChunk(trailers?: EncodedFields): string {
  if (trailers === undefined) return "0\r\n\r\n";
  if (trailers.contentLength !== undefined || /^(?:host|expect):/im.test(trailers.fieldLines)) {
    throw new TypeError("Cannot encode trailers: expected no field that frames or routes the message");
  }
  return `0\r\n${trailers.fieldLines}\r\n`;
}
