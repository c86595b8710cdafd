import { afterEach, describe, expect, it, vi } from "vitest";
import { currentHttpDate } from "./date.ts";

afterEach(() => vi.useRealTimers());

describe("currentHttpDate", () => {
  it.each([
    ["1994-11-06T08:49:37.999Z", "Sun, 06 Nov 1994 08:49:37 GMT"],
    ["2038-01-19T03:14:08Z", "Tue, 19 Jan 2038 03:14:08 GMT"],
    ["2024-02-29T23:59:59Z", "Thu, 29 Feb 2024 23:59:59 GMT"],
  ])("writes %s as an IMF-fixdate (RFC 9110 §5.6.7)", (now, text) => {
    vi.useFakeTimers({ now: new Date(now), toFake: ["Date"] });
    expect(currentHttpDate()).toBe(text);
  });

  it("follows a clock that is set back", () => {
    vi.useFakeTimers({ now: new Date("2026-01-01T00:00:10Z"), toFake: ["Date"] });
    currentHttpDate();
    vi.setSystemTime(new Date("2026-01-01T00:00:01Z"));
    expect(currentHttpDate()).toBe("Thu, 01 Jan 2026 00:00:01 GMT");
  });
});
