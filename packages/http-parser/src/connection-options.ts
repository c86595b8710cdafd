/** Connection = #connection-option (RFC 9110 §7.6.1). */
import type { FieldTable } from "./field-table.ts";
import type { MessageHeadRecord } from "./message-head.ts";

/** Whether `option` was sent, in any case and over all Connection lines. */
export function hasOption(fields: FieldTable, option: string): boolean {
  return (
    fields
      .get("connection")
      ?.toLowerCase()
      .split(/[ \t]*,[ \t]*/)
      .includes(option) === true
  );
}

/** RFC 9112 §9.3: close ends the connection; HTTP/1.1 persists; HTTP/1.0 persists when asked to. */
export function persists({ fields, versionMinor }: MessageHeadRecord): boolean {
  return !hasOption(fields, "close") && (versionMinor === 1 || hasOption(fields, "keep-alive"));
}
