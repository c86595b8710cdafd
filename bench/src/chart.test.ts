import { describe, expect, it } from "vitest";
import { formatChart } from "./chart.ts";
import type { Sample } from "./measurement.ts";
import type { Report } from "./report.ts";
import type { Work } from "./works.ts";

function sample(cpuMicrosPerRequest: number): Sample {
  return { rate: 1, cpuMicrosPerRequest, coreBusy: 1, p99Millis: 1, residentBytes: 1, socketErrors: 0 };
}

const WORK: Work = {
  name: "1k",
  title: "1 KiB file",
  label: "1 KiB",
  fileName: "1k.txt",
  sizeBytes: 1024,
  rate: "requests",
  load: { kind: "one" },
  by: "cpu",
};

const REPORT: Report = {
  date: "2026-01-31",
  machine: { cpu: "A CPU", cores: 2, memoryBytes: 2 ** 33, kernel: "6.1", node: "v26", wrk: "4.1", loadBefore: 0 },
  rounds: 1,
  seconds: 1,
  baseline: "nginx",
  servers: [],
  works: [
    {
      work: { ...WORK, title: "1 KiB <file>" },
      series: [
        { server: "ours", samples: [sample(5)] },
        { server: "nginx", samples: [sample(10)] },
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
  it("leaves out works that only some of the servers do", () => {
    const works = [
      ...REPORT.works,
      { ...REPORT.works[0]!, work: { ...WORK, title: "few", servers: ["ours", "nginx"] } },
    ];
    expect(formatChart({ ...REPORT, works })).toBe(formatChart(REPORT));
  });
  it("escapes names", () => {
    expect(formatChart(REPORT)).toContain(">1 KiB &lt;file>: requests per second of CPU time, nginx = 1<");
  });
});
