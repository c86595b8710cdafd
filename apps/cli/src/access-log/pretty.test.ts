import { describe, expect, it } from "vitest";
import type { LogRecord } from "./log-record.ts";
import { formatDuration, formatSize, prettyLine } from "./pretty.ts";

const record: LogRecord = {
  startedAt: new Date(2026, 10, 21, 2, 31, 7).getTime(),
  client: "127.0.0.1",
  user: undefined,
  method: "GET",
  version: "1.1",
  path: "/caf%C3%A9.html",
  status: 200,
  bytesSent: 1234,
  durationMs: 0.42,
  complete: true,
  referer: undefined,
  userAgent: undefined,
};

describe("prettyLine", () => {
  it("has columns for time, status, size and duration, and the name as a person reads it", () => {
    expect(prettyLine(record, false)).toBe("02:31:07  200   1.2 kB   0.4 ms  GET  /café.html");
  });

  it("says when an answer broke off", () => {
    expect(prettyLine({ ...record, complete: false }, false)).toMatch(/ {2}\(broken off\)$/);
  });

  it("cannot be made to move the cursor or to reverse the text", () => {
    const line = prettyLine({ ...record, path: "/%1b[2J%E2%80%AEexe%0aX" }, false);
    expect(line).toContain("/\\x1b[2J\\u{202e}exe\\x0aX");
  });

  it("shows a path that is not UTF-8 as it was sent", () => {
    expect(prettyLine({ ...record, path: "/%ff" }, false)).toContain("GET  /%ff");
  });

  it("paints the status by its class", () => {
    expect(prettyLine(record, true)).toContain("\u001b[32m200\u001b[39m");
    expect(prettyLine({ ...record, status: 404 }, true)).toContain("\u001b[33m404\u001b[39m");
  });

  it("has a slow answer and a method that is not GET stand out", () => {
    expect(prettyLine({ ...record, durationMs: 1500 }, true)).toContain("\u001b[33m  1.5 s\u001b[39m");
    expect(prettyLine({ ...record, method: "HEAD" }, true)).toContain("\u001b[1mHEAD\u001b[22m /café.html");
  });
});

describe("formatSize", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [9949, "9.9 kB"],
    [9950, "10 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [5e15, "5000 TB"],
  ])("shows %d as %j", (bytes, shown) => {
    expect(formatSize(bytes)).toBe(shown);
  });
});

describe("formatDuration", () => {
  it.each([
    [0.04, "0.0 ms"],
    [9.94, "9.9 ms"],
    [9.96, "10 ms"],
    [999.4, "999 ms"],
    [999.6, "1.0 s"],
    [59_900, "59.9 s"],
    [60_000, "1 min"],
    [600_000, "10 min"],
  ])("shows %d as %j", (milliseconds, shown) => {
    expect(formatDuration(milliseconds)).toBe(shown);
  });
});
