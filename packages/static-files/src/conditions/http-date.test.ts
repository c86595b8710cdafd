import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatHttpDate, parseHttpDate } from "./http-date.ts";

const NOW = Date.UTC(2026, 10, 21);

describe("formatHttpDate", () => {
  it("writes an IMF-fixdate (RFC 9110 §5.6.7)", () => {
    expect(formatHttpDate(784_111_777_999)).toBe("Sun, 06 Nov 1994 08:49:37 GMT");
  });
});

describe("parseHttpDate", () => {
  it.each([["Sun, 06 Nov 1994 08:49:37 GMT"], ["Sunday, 06-Nov-94 08:49:37 GMT"], ["Sun Nov  6 08:49:37 1994"]])(
    "reads %s (RFC 9110 §5.6.7)",
    (text) => {
      expect(parseHttpDate(text, NOW)).toBe(784_111_777_000);
    },
  );

  it.each([
    ["Sunday, 06-Nov-76 00:00:00 GMT", 2076],
    ["Sunday, 06-Nov-77 00:00:00 GMT", 1977],
    ["Sunday, 06-Nov-00 00:00:00 GMT", 2000],
  ])("takes a two-digit year that lies more than 50 years ahead as past: %s", (text, year) => {
    expect(new Date(parseHttpDate(text, NOW) ?? 0).getUTCFullYear()).toBe(year);
  });

  it.each([
    [""],
    ["yesterday"],
    ["2026-11-21"],
    ["1795219200"],
    ["Sun, 6 Nov 1994 08:49:37 GMT"],
    ["Sun, 06 nov 1994 08:49:37 GMT"],
    ["Sun, 06 Nov 1994 08:49:37 UTC"],
    ["Sun, 06 Nov 1994 08:49:37 +0000"],
    ["Sun, 06 Nov 1994 24:00:00 GMT"],
    ["Sun, 06 Nov 1994 08:60:00 GMT"],
    ["Sun, 06 Nov 1994 08:49:61 GMT"],
    ["Sun, 31 Feb 2026 08:49:37 GMT"],
    ["Sun, 00 Feb 2026 08:49:37 GMT"],
    ["Sun, 06 Nov 1994 08:49:37 GMT, x"],
  ])("refuses %j", (text) => {
    expect(parseHttpDate(text, NOW)).toBeUndefined();
  });

  it("reads back what was written", () => {
    const seconds = fc.integer({ min: -62_167_219_200, max: 253_402_300_799 });
    fc.assert(
      fc.property(seconds, (time) => {
        expect(parseHttpDate(formatHttpDate(time * 1000), NOW)).toBe(time * 1000);
      }),
    );
  });
});
