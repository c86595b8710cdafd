import { describe, expect, it } from "vitest";
import { resolveSettings, sweepPeriodMs } from "./options.ts";

describe("resolveSettings", () => {
  it("fills in the defaults", () => {
    expect(resolveSettings({ headTimeoutMs: 7, maxBodyBytes: undefined })).toMatchObject({
      headTimeoutMs: 7,
      maxBodyBytes: 134_217_728,
      maxRequestsPerConnection: 1000,
      firstByteTimeoutMs: 5000,
      keepAliveTimeoutMs: 15_000,
    });
  });

  it("takes Infinity for a limit that is off", () => {
    expect(resolveSettings({ maxBodyBytes: Infinity }).maxBodyBytes).toBe(Infinity);
  });

  it.each([0, -1, Number.NaN])("refuses %s", (value) => {
    expect(() => resolveSettings({ headTimeoutMs: value })).toThrow(
      `Cannot make a server: expected headTimeoutMs above 0, got ${value}`,
    );
  });
});

describe("sweepPeriodMs", () => {
  it.each([
    [{}, 1000],
    [{ keepAliveTimeoutMs: 2000 }, 500],
    [{ headTimeoutMs: 1 }, 10],
  ])("is a quarter of the shortest timeout of %j, from 10 ms to 1 s", (options, period) => {
    expect(sweepPeriodMs(resolveSettings(options))).toBe(period);
  });
});
