import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import { UsageError } from "./failure.ts";
import { readThreadCount } from "./thread-count.ts";

describe("readThreadCount", () => {
  it.each([
    ["1", 1],
    ["8", 8],
    ["256", 256],
  ])("takes %s", (value, count) => {
    expect(readThreadCount(value)).toBe(count);
  });

  it("takes auto for one thread per processor that the program may use", () => {
    expect(readThreadCount("auto")).toBe(availableParallelism());
  });

  it.each(["0", "257", "1000", "-1", "2.5", "two", " 2", "Auto"])("refuses %j", (value) => {
    expect(() => readThreadCount(value)).toThrow(UsageError);
    expect(() => readThreadCount(value)).toThrow(/from 1 to 256, or auto$/);
  });
});
