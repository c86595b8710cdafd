import { describe, expect, it } from "vitest";
import { UsageError } from "../failure.ts";
import { readSpan, readMoment } from "./when.ts";

const NOW = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;

describe("readSpan", () => {
  it.each([
    ["0", 0],
    ["90s", 90_000],
    ["5m", 300_000],
    ["12h", 43_200_000],
    ["30d", 30 * DAY_MS],
    ["2w", 14 * DAY_MS],
    ["1y", 365 * DAY_MS],
  ])("reads %s", (text, milliseconds) => {
    expect(readSpan("--overlap", text)).toBe(milliseconds);
  });

  it.each([["30"], ["d"], ["-1d"], ["1.5d"], ["30 d"], ["1month"], [""], ["2027-01-31"]])("refuses %j", (text) => {
    expect(() => readSpan("--overlap", text)).toThrow(UsageError);
  });
});

describe("readMoment", () => {
  it.each([
    ["30d", NOW + 30 * DAY_MS],
    ["2027-01-31T12:00Z", Date.UTC(2027, 0, 31, 12)],
    ["2027-01-31T12:00:30+01:00", Date.UTC(2027, 0, 31, 11, 0, 30)],
    ["2027-01-31", new Date(2027, 0, 31).getTime()],
  ])("reads %s", (text, moment) => {
    expect(readMoment("--expires", text, NOW)).toBe(moment);
  });

  it.each([["tomorrow"], ["31.01.2027"], ["2027-13-01"], ["2027"], ["-1d"]])("refuses %j", (text) => {
    expect(() => readMoment("--expires", text, NOW)).toThrow(UsageError);
  });
});
