import { quotable } from "../safe-text.ts";
import type { LogRecord } from "./log-record.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
// A field of a log is a hint, not an archive: one request may not write kilobytes.
const MAX_PATH = 2048;
const MAX_FIELD = 512;

let lastSecond = -1;
let lastTime = "";

/** The Combined Log Format of Apache and nginx, times in UTC. */
export function combinedLine(record: LogRecord): string {
  const { client, user = "-", startedAt, method, path, version, status, bytesSent, referer, userAgent } = record;
  const isRequest = method !== undefined && path !== undefined;
  const request = isRequest ? `${quotable(method, MAX_FIELD)} ${quotable(path, MAX_PATH)} ${protocolOf(version)}` : "-";
  const tail = `"${field(referer)}" "${field(userAgent)}"`;
  return `${client || "-"} - ${word(user)} [${clfTime(startedAt)}] "${request}" ${status} ${bytesSent} ${tail}`;
}

/** As Apache and nginx write it: HTTP/2 with a zero behind the point that it does not have. */
function protocolOf(version: LogRecord["version"]): string {
  return version === "2" ? "HTTP/2.0" : `HTTP/${version ?? "1.1"}`;
}

function field(value: string | undefined): string {
  return value === undefined || value === "" ? "-" : quotable(value, MAX_FIELD);
}

/** The one field of text that stands without quotes. */
function word(text: string): string {
  return quotable(text, MAX_FIELD).replaceAll(" ", "_");
}

/** `21/Nov/2026:02:27:03 +0000`; the text is kept for the rest of its second. */
function clfTime(time: number): string {
  const second = Math.floor(time / 1000);
  if (second === lastSecond) return lastTime;
  const date = new Date(second * 1000);
  const day = String(date.getUTCDate()).padStart(2, "0");
  lastSecond = second;
  lastTime = `${day}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
  return lastTime;
}
