import { describe, expect, it } from "vitest";
import { parseReport } from "./wrk.ts";

const REPORT = '{"requests":300,"bytes":345600,"durationUs":3000000,"p99Us":812,"badStatuses":0,"socketErrors":2}';
const AROUND = "Running 3s test @ http://127.0.0.1:1/\n  300 requests in 3.00s, 337.50KB read\n";

describe("parseReport", () => {
  it("finds the report line in what else wrk prints", () => {
    expect(parseReport(`${AROUND}report ${REPORT}\n`)).toEqual({
      requests: 300,
      bytes: 345_600,
      durationUs: 3_000_000,
      p99Us: 812,
      badStatuses: 0,
      socketErrors: 2,
    });
  });
  it("refuses output without the line, and quotes it", () => {
    expect(() => parseReport(AROUND)).toThrow(/Cannot find the report line .*300 requests/s);
  });
  it("refuses a run without a byte", () => {
    expect(() => parseReport(`report ${REPORT.replace("345600", "0")}`)).toThrow(/received nothing/);
  });
});
