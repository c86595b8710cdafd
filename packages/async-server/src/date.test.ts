import { afterEach, describe, expect, it, vi } from "vitest";
import { currentHttpDate, timeOfDayMs } from "./date.ts";

/** On the monotonic clock. */
let later = 0;

afterEach(() => vi.useRealTimers());

describe("currentHttpDate", () => {
  it.each([
    ["1994-11-06T08:49:37.999Z", "Sun, 06 Nov 1994 08:49:37 GMT"],
    ["2038-01-19T03:14:08Z", "Tue, 19 Jan 2038 03:14:08 GMT"],
    ["2024-02-29T23:59:59Z", "Thu, 29 Feb 2024 23:59:59 GMT"],
  ])("writes %s as an IMF-fixdate (RFC 9110 §5.6.7)", (now, text) => {
    vi.useFakeTimers({ now: new Date(now), toFake: ["Date"] });
    later += 1000;
    expect(currentHttpDate(later)).toBe(text);
    expect(currentHttpDate(later)).toBe(text);
  });

  it("asks for the time of day again when the second is over, not before", () => {
    vi.useFakeTimers({ now: new Date("2026-01-01T00:00:10.700Z"), toFake: ["Date"] });
    later += 1000;
    expect(currentHttpDate(later)).toBe("Thu, 01 Jan 2026 00:00:10 GMT");
    vi.setSystemTime(new Date("2026-01-01T00:00:11.000Z"));
    expect(currentHttpDate(later + 299)).toBe("Thu, 01 Jan 2026 00:00:10 GMT");
    expect(currentHttpDate(later + 300)).toBe("Thu, 01 Jan 2026 00:00:11 GMT");
  });

  it("follows a clock that is set back within a second", () => {
    vi.useFakeTimers({ now: new Date("2026-01-01T00:00:10Z"), toFake: ["Date"] });
    later += 1000;
    currentHttpDate(later);
    vi.setSystemTime(new Date("2026-01-01T00:00:01Z"));
    later += 1000;
    expect(currentHttpDate(later)).toBe("Thu, 01 Jan 2026 00:00:01 GMT");
  });
});

describe("timeOfDayMs", () => {
  it("adds what has passed on the monotonic clock", () => {
    vi.useFakeTimers({ now: new Date("2026-01-01T00:00:10.250Z"), toFake: ["Date"] });
    later += 1000;
    expect(timeOfDayMs(later)).toBe(Date.UTC(2026, 0, 1, 0, 0, 10, 250));
    expect(timeOfDayMs(later + 700)).toBe(Date.UTC(2026, 0, 1, 0, 0, 10, 950));
  });
});
