import { describe, expect, it } from "vitest";
import { UsageError } from "../failure.ts";
import { readRate } from "./rate.ts";

describe("readRate", () => {
  it.each([
    ["100/s", { requests: 100, perMs: 1000 }],
    ["6000/m,200", { requests: 6000, perMs: 60_000, burst: 200 }],
    ["1/h", { requests: 1, perMs: 3_600_000 }],
    ["10000/d", { requests: 10_000, perMs: 86_400_000 }],
  ])("reads %s", (text, rate) => {
    expect(readRate("--rate-limit", text)).toEqual(rate);
  });

  it.each([
    ["0/s"],
    ["off"],
    ["Infinity/s"],
    ["100"],
    ["100/S"],
    ["100/w"],
    ["1.5/s"],
    ["-1/s"],
    ["100/s,0"],
    ["100/s,"],
    [""],
  ])("refuses %j, so that no limit can be switched off", (text) => {
    expect(() => readRate("--rate-limit", text)).toThrow(UsageError);
  });
});
