import type { LogRecord } from "./log-record.ts";

const MAX_PATH = 2048;
const MAX_FIELD = 512;
// JSON leaves DEL, C1 and bidirectional controls as they are; a reader of the raw file must not meet them.
const NOT_PRINTABLE = /[^\u0020-\u007e]/g;
const PLAIN = /^[ !#-[\]-~]*$/;

let lastSecond = -1;
let lastTime = "";

/**
 * One JSON object per line, in ASCII; names as OpenTelemetry has them, where it has them. Written by hand: with
 * `JSON.stringify` a line takes three times as long, and it is written for every request.
 */
export function jsonLine(record: LogRecord): string {
  const { startedAt, client, user, method, path, status, bytesSent, durationMs, complete, referer, userAgent } = record;
  return (
    `{"time":"${isoTime(startedAt)}","client.address":${jsonString(client, MAX_FIELD)}` +
    member("user.id", user, MAX_FIELD) +
    member("http.request.method", method, MAX_FIELD) +
    member("url.path", path, MAX_PATH) +
    `,"http.response.status_code":${status},"http.response.body.size":${bytesSent}` +
    `,"duration_ms":${Math.round(durationMs * 1000) / 1000},"complete":${complete}` +
    member("http.request.header.referer", referer, MAX_FIELD) +
    `${member("user_agent.original", userAgent, MAX_FIELD)}}`
  );
}

function member(name: string, value: string | undefined, maxLength: number): string {
  return value === undefined ? "" : `,"${name}":${jsonString(value, maxLength)}`;
}

function jsonString(text: string, maxLength: number): string {
  const short = text.length > maxLength ? text.slice(0, maxLength) : text;
  if (PLAIN.test(short)) return `"${short}"`;
  return JSON.stringify(short).replace(NOT_PRINTABLE, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** `2026-11-21T02:27:03.005Z`; the text up to the second is kept for the rest of it. */
function isoTime(time: number): string {
  const second = Math.floor(time / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastTime = new Date(second * 1000).toISOString().slice(0, -4);
  }
  return `${lastTime}${String(time - second * 1000).padStart(3, "0")}Z`;
}
