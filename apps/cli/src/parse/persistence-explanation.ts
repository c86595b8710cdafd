/** Why a connection persists behind a message, or does not (RFC 9112 §9.3). */
import type { FieldSection } from "@tinyhttp/http-parser";

export interface Persistence {
  readonly keepAlive: boolean;
  readonly reason: string;
}

/** What a request's and a response's head both say about it. */
export interface PersistenceFacts {
  readonly keepAlive: boolean;
  readonly versionMinor: 0 | 1;
  readonly fields: FieldSection;
  readonly untilClose?: boolean;
}

export function explainPersistence({ keepAlive, versionMinor, fields, untilClose }: PersistenceFacts): Persistence {
  if (keepAlive) return { keepAlive, reason: versionMinor === 1 ? "HTTP/1.1" : "HTTP/1.0 with Connection: keep-alive" };
  if (hasOption(fields, "close")) return { keepAlive, reason: "Connection: close" };
  if (untilClose === true) return { keepAlive, reason: "the content ends with the connection" };
  return { keepAlive, reason: "HTTP/1.0 without Connection: keep-alive" };
}

/** Connection = #connection-option, which ignores case (RFC 9110 §7.6.1). */
function hasOption(fields: FieldSection, wanted: string): boolean {
  const options = (fields.get("Connection") ?? "").split(",");
  return options.some((option) => option.trim().toLowerCase() === wanted);
}
