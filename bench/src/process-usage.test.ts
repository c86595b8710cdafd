import { describe, expect, it } from "vitest";
import { parseCpuSeconds, parseResidentBytes } from "./process-usage.ts";

describe("parseCpuSeconds", () => {
  it("adds user and system time of the process and of the children it waited for", () => {
    const stat = "4242 (nginx) S 1 4242 4242 0 -1 4194560 100 0 0 0 150 50 7 3 20 0 1 0 9999 12345 678";
    expect(parseCpuSeconds(stat)).toBe(2.1);
  });
  it("is not misled by spaces and parentheses in the command", () => {
    const stat = "4242 (a) b (c) 1 2) S 1 4242 4242 0 -1 4194560 100 0 0 0 100 0 0 0 20 0 1 0 9999 12345 678";
    expect(parseCpuSeconds(stat)).toBe(1);
  });
  it("refuses text that is not a stat line", () => {
    expect(() => parseCpuSeconds("4242 (nginx) S 1")).toThrow(/Cannot read CPU times/);
  });
});

describe("parseResidentBytes", () => {
  it("reads VmRSS, not the peak", () => {
    expect(parseResidentBytes("Name:\tnode\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n")).toBe(1_048_576);
  });
  it("says that a process without memory has ended", () => {
    expect(() => parseResidentBytes("Name:\tnode\nState:\tZ (zombie)\n")).toThrow(/it has ended/);
  });
});
