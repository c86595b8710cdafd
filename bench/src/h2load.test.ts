import { describe, expect, it } from "vitest";
import { parseH2loadReport } from "./h2load.ts";

const OUTPUT = `starting benchmark...
Application protocol: h2

finished in 3.05s, 11029.33 req/s, 11.35MB/s
requests: 33090 total, 33216 started, 33090 done, 33088 succeeded, 2 failed, 1 errored, 0 timeout
status codes: 33080 2xx, 0 3xx, 7 4xx, 1 5xx
traffic: 34.04MB (35696224) total, 549.12KB (562300) headers (space savings 90.00%), 32.31MB (33882112) data
`;

describe("parseH2loadReport", () => {
  it("reads what h2load counts", () => {
    expect(parseH2loadReport(OUTPUT)).toEqual({
      requests: 33_088,
      bytes: 35_696_224,
      durationUs: 3_050_000,
      p99Us: Number.NaN,
      badStatuses: 8,
      socketErrors: 2,
    });
  });
  it("refuses what was not HTTP/2, and what was not measured", () => {
    expect(() => parseH2loadReport(OUTPUT.replace(": h2", ": http/1.1"))).toThrow(/"http\/1\.1"/);
    expect(() => parseH2loadReport("Application protocol: h2\n")).toThrow(/Cannot read/);
  });
});
