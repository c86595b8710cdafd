import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS, resolveLimits } from "./limits.ts";

describe("resolveLimits", () => {
  it("fills in the defaults", () => {
    expect(resolveLimits(undefined)).toBe(DEFAULT_LIMITS);
    expect(resolveLimits({ maxFieldCount: 5 })).toEqual({ ...DEFAULT_LIMITS, maxFieldCount: 5 });
    expect(resolveLimits({ maxFieldCount: undefined as never })).toEqual(DEFAULT_LIMITS);
  });

  it.each([-1, 1.5, Number.NaN, 65_537, Number.POSITIVE_INFINITY, "8" as never])("refuses %s", (value) => {
    expect(() => resolveLimits({ maxFieldLineBytes: value })).toThrow(
      new RangeError(`Cannot limit the parser: expected maxFieldLineBytes from 0 to 65536, got ${value}`),
    );
  });
});
