import { describe, expect, it } from "vitest";
import { combinedLine } from "./combined.ts";
import type { LogRecord } from "./log-record.ts";

// The shape that log analysers expect: seven fields, quotes only around the last three.
const COMBINED =
  /^(\S+) - - \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000)\] "([^"]*)" (\d{3}) (\d+) "([^"]*)" "([^"]*)"$/;

const record: LogRecord = {
  startedAt: Date.UTC(2026, 10, 21, 2, 27, 3, 999),
  client: "127.0.0.1",
  user: undefined,
  method: "GET",
  version: "1.1",
  path: "/a%20b.html",
  status: 206,
  bytesSent: 1234,
  durationMs: 1.5,
  complete: true,
  referer: "http://127.0.0.1/",
  userAgent: "curl/8.5.0",
};

function loggedTime(startedAt: number): string | undefined {
  return COMBINED.exec(combinedLine({ ...record, startedAt }))?.[2];
}

describe("combinedLine", () => {
  it("has the fields of the Combined Log Format", () => {
    expect(combinedLine(record)).toBe(
      '127.0.0.1 - - [21/Nov/2026:02:27:03 +0000] "GET /a%20b.html HTTP/1.1" 206 1234 "http://127.0.0.1/" "curl/8.5.0"',
    );
  });

  it("names who was let in, by the id of the key or the name in the certificate", () => {
    expect(combinedLine({ ...record, user: "7Qk2mZpA" })).toMatch(/^127\.0\.0\.1 - 7Qk2mZpA \[/);
    expect(combinedLine({ ...record, user: 'DNS:a "b' })).toMatch(/^127\.0\.0\.1 - DNS:a_\\x22b \[/);
  });

  it.each([
    ["1.0", "HTTP/1.0"],
    ["1.1", "HTTP/1.1"],
    ["2", "HTTP/2.0"],
  ] as const)("names version %s as %s", (version, text) => {
    expect(combinedLine({ ...record, version })).toContain(` ${text}" `);
  });

  it("writes a dash for what is not known", () => {
    const line = combinedLine({ ...record, client: "", referer: undefined, userAgent: "" });
    expect(line).toMatch(/^- - - \[/);
    expect(line).toMatch(/ "-" "-"$/);
  });

  it.each([
    ['" 200 0 "-" "forged', "\\x22 200 0 \\x22-\\x22 \\x22forged"],
    ["a\r\n127.0.0.1 - -", "a\\x0d\\x0a127.0.0.1 - -"],
    ["\u001b[2J\u001b]0;owned\u0007", "\\x1b[2J\\x1b]0;owned\\x07"],
    ["\u00e2\u0080\u00aeexe", "\\xe2\\x80\\xaeexe"],
    ["back\\slash", "back\\x5cslash"],
  ])("keeps the user agent %j in its place", (userAgent, logged) => {
    expect(COMBINED.exec(combinedLine({ ...record, userAgent }))?.[7]).toBe(logged);
  });

  it("shortens what is long", () => {
    expect(combinedLine({ ...record, userAgent: "x".repeat(60_000), path: "/".repeat(8000) }).length).toBeLessThan(
      3000,
    );
  });

  it("changes the time with the second", () => {
    expect(loggedTime(Date.UTC(2030, 0, 1, 0, 0, 0))).toBe("01/Jan/2030:00:00:00 +0000");
    expect(loggedTime(Date.UTC(2030, 0, 1, 0, 0, 1))).toBe("01/Jan/2030:00:00:01 +0000");
  });
});
