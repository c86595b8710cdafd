import { describe, expect, it } from "vitest";
import { connectionBudget, readDescriptorLimit } from "./connection-limits.ts";

describe("connectionBudget", () => {
  it.each([
    [undefined, 10_000],
    [1_048_576, 10_000],
    [12_580, 10_000],
    [12_579, 9999],
    [1024, 755],
    [64, 8],
  ])("leaves room beside %s descriptors: %s", (limit, budget) => {
    expect(connectionBudget(limit)).toBe(budget);
  });
});

describe("readDescriptorLimit", () => {
  it.runIf(process.platform === "linux")("reads the process's own limit", () => {
    expect(readDescriptorLimit()).toBeGreaterThan(0);
  });
});
