import { describe, expect, it } from "vitest";
import { formatChart } from "./chart.ts";
import type { Sample } from "./measurement.ts";
import type { Report } from "./report.ts";

function sample(rate: number): Sample {
  return { rate, cpuMicrosPerRequest: 1, coreBusy: 1, p99Millis: 1, residentBytes: 1, socketErrors: 0 };
}

const REPORT: Report = {
  date: "2026-01-31",
  machine: { cpu: "A CPU", cores: 2, memoryBytes: 2 ** 33, kernel: "6.1", node: "v26", wrk: "4.1", loadBefore: 0 },
  rounds: 1,
  seconds: 1,
  baseline: "nginx",
  servers: [],
  works: [
    {
      work: { name: "1k", title: "1 KiB <file>", fileName: "1k.txt", sizeBytes: 1024, rate: "requests" },
      series: [
        { server: "ours", samples: [sample(200)] },
        { server: "nginx", samples: [sample(100)] },
      ],
    },
  ],
};

describe("formatChart", () => {
  it("draws bars in proportion, the longest as wide as there is room, and only the first marked", () => {
    const rects = formatChart(REPORT).match(/<rect.*>/g);
    expect(rects).toEqual([
      '<rect class="first" x="120" y="40" width="540.0" height="14"/>',
      '<rect x="120" y="62" width="270.0" height="14"/>',
    ]);
  });
  it("escapes names", () => {
    expect(formatChart(REPORT)).toContain(">1 KiB &lt;file>, requests per second, nginx = 1<");
  });
});
