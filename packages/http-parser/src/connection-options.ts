/** Connection = #connection-option (RFC 9110 §7.6.1), read in the window. */
import { VALUE_START } from "./field-bounds.ts";
import type { FieldTable } from "./field-table.ts";

const NONE: readonly string[] = [];
const KEEP_ALIVE: readonly string[] = ["keep-alive"];

/** The options that were sent, over all Connection lines, in lower case. */
export function connectionOptions(fields: FieldTable): readonly string[] {
  const index = fields.find("connection");
  if (index < 0) return NONE;
  // What browsers send, told without decoding anything.
  if (fields.isText("keep-alive", index, VALUE_START) && fields.find("connection", index + 1) < 0) return KEEP_ALIVE;
  return fields
    .getAll("connection")
    .join()
    .toLowerCase()
    .split(/[ \t]*,[ \t]*/);
}

/** RFC 9112 §9.3: close ends the connection; HTTP/1.1 persists; HTTP/1.0 persists when asked to. */
export function persists(options: readonly string[], versionMinor: 0 | 1): boolean {
  return !options.includes("close") && (versionMinor === 1 || options.includes("keep-alive"));
}
