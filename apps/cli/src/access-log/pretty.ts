import { showable } from "../safe-text.ts";
import type { LogRecord } from "./log-record.ts";

const { styleText } = process.getBuiltinModule("node:util");

const MAX_PATH = 200;
const SIZE_UNITS = ["B", "kB", "MB", "GB", "TB"];
/** From here on somebody waits, and may want to know. */
const SLOW_MS = 1000;
// GET is most of all; longer words than DELETE are rare, and push the path.
const METHOD_WIDTH = 4;

type Style = "green" | "cyan" | "yellow" | "red" | "dim" | "bold";

/** For eyes: `02:31:07  200   1.2 kB   0.4 ms  GET  /path`. Local time; what is always so is dim, what is not stands out. */
export function prettyLine(record: LogRecord, colours: boolean): string {
  const paint = (style: Style, text: string): string =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  const time = new Date(record.startedAt).toTimeString().slice(0, 8);
  const size = formatSize(record.bytesSent).padStart(7);
  const duration = formatDuration(record.durationMs).padStart(7);
  const columns = [
    paint("dim", time),
    paint(statusColour(record.status), String(record.status)),
    paint("dim", size),
    paint(record.durationMs < SLOW_MS ? "dim" : "yellow", duration),
  ];
  if (record.method === undefined || record.path === undefined) columns.push("(not a request)");
  else columns.push(`${method(record.method, paint)} ${showable(decoded(record.path), MAX_PATH)}`);
  if (!record.complete) columns.push(paint("yellow", "(broken off)"));
  return columns.join("  ");
}

function method(name: string, paint: (style: Style, text: string) => string): string {
  const shown = showable(name, 20).padEnd(METHOD_WIDTH);
  return name === "GET" ? shown : paint("bold", shown);
}

/** Three digits at most, in powers of 1000. */
export function formatSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < SIZE_UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 || size >= 9.95 ? Math.round(size) : size.toFixed(1)} ${SIZE_UNITS[unit]}`;
}

export function formatDuration(milliseconds: number): string {
  if (milliseconds < 9.95) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}

function statusColour(status: number): Style {
  if (status < 300) return "green";
  if (status < 400) return "cyan";
  return status < 500 ? "yellow" : "red";
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
