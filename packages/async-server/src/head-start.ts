import { type EncodedFields, responseHead } from "@tinyhttp/http-parser";

/** A response's head up to the digits of its length. */
export interface HeadStart {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly status: number;
  readonly date: string;
}

/** Behind the digits, on a connection that goes on. */
export const HEAD_END = "\r\n\r\n";

/** By the fields, for as long as somebody keeps those: the last one, which is that of most. */
const starts = new WeakMap<EncodedFields, HeadStart>();

/**
 * What responses with the same fields have in common. Made once a second, because of the Date; a response of text with
 * fields that are kept then costs half.
 *
 * @param fields Without a Content-Length.
 * @param date Of the current second.
 */
export function headStart(status: number, fields: EncodedFields, date: string): HeadStart {
  const kept = starts.get(fields);
  if (kept !== undefined && kept.date === date && kept.status === status) return kept;
  const text = responseHead({ status, fields, framing: 0, date }).slice(0, -1 - HEAD_END.length);
  const start = { text, bytes: Buffer.from(text, "latin1"), status, date };
  starts.set(fields, start);
  return start;
}
