import { describe, expect, it } from "vitest";
import { readDuration } from "./duration.ts";
import { UsageError } from "./failure.ts";

describe("readDuration", () => {
  it.each([
    ["90s", 90_000],
    ["30m", 1_800_000],
    ["2h", 7_200_000],
    ["1h30m", 5_400_000],
    ["1d1s", 86_401_000],
    ["24d", 2_073_600_000],
  ])("reads %s", (text, milliseconds) => {
    expect(readDuration("--for", text)).toBe(milliseconds);
  });

  it.each([["30"], ["0m"], ["m"], [""], ["1m1h"], ["1.5h"], ["-1h"], ["25d"], ["5 m"], ["1H"]])(
    "refuses %j",
    (text) => {
      expect(() => readDuration("--for", text)).toThrow(UsageError);
    },
  );
});
