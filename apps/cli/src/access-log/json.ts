import type { LogRecord } from "./log-record.ts";

const MAX_PATH = 2048;
const MAX_FIELD = 512;

/** One JSON object per line, in ASCII; names as OpenTelemetry has them, where it has them. */
export function jsonLine(record: LogRecord): string {
  const text = JSON.stringify({
    time: new Date(record.startedAt).toISOString(),
    "client.address": record.client,
    "http.request.method": record.method?.slice(0, MAX_FIELD),
    "url.path": record.path?.slice(0, MAX_PATH),
    "http.response.status_code": record.status,
    "http.response.body.size": record.bytesSent,
    duration_ms: Math.round(record.durationMs * 1000) / 1000,
    complete: record.complete,
    "http.request.header.referer": record.referer?.slice(0, MAX_FIELD),
    "user_agent.original": record.userAgent?.slice(0, MAX_FIELD),
  });
  // JSON leaves DEL, C1 and bidirectional controls as they are; a reader of the raw file must not meet them.
  return text.replace(/[^\u0020-\u007e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
