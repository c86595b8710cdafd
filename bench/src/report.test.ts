import { describe, expect, it } from "vitest";
import type { Sample } from "./measurement.ts";
import { formatReport, type Report } from "./report.ts";

function sample(rate: number, cpuMicrosPerRequest: number, socketErrors = 0): Sample {
  return { rate, cpuMicrosPerRequest, coreBusy: 0.98, p99Millis: 1.25, residentBytes: 64 * 2 ** 20, socketErrors };
}

const REPORT: Report = {
  date: "2026-01-31",
  machine: { cpu: "A CPU", cores: 2, memoryBytes: 2 ** 33, kernel: "6.1", node: "v26", wrk: "4.1", loadBefore: 0.1 },
  rounds: 3,
  seconds: 1,
  baseline: "nginx",
  servers: [
    { name: "ours", version: "1" },
    { name: "nginx", version: "2" },
  ],
  works: [
    {
      work: {
        name: "1k",
        title: "1 KiB file",
        label: "1 KiB",
        fileName: "1k.txt",
        sizeBytes: 1024,
        rate: "requests",
        load: { kind: "one" },
        by: "cpu",
      },
      series: [
        { server: "ours", samples: [sample(110, 8), sample(220, 8), sample(60, 16, 3)] },
        { server: "nginx", samples: [sample(100, 10), sample(200, 10), sample(50, 16)] },
      ],
    },
  ],
};

function row(server: string, report: Report = REPORT): string[] {
  const line = formatReport(report)
    .split("\n")
    .find((text) => text.startsWith(`| ${server} `));
  return (line ?? "")
    .split("|")
    .map((cell) => cell.trim())
    .slice(1, -1);
}

describe("formatReport", () => {
  it("gives the medians, and the ratios to the baseline of the same round with their range", () => {
    expect(row("ours")).toEqual(["ours", "110", "1.10 (1.10–1.20)", "8.0", "1.25 (1.00–1.25)", "98%", "1.3", "64"]);
    expect(row("nginx").slice(0, 3)).toEqual(["nginx", "100", "1.00 (1.00–1.00)"]);
  });
  it("leaves the ratios out when the baseline did not take part", () => {
    const cells = row("ours", { ...REPORT, baseline: "other" });
    expect(cells).toEqual(["ours", "110", "–", "8.0", "–", "98%", "1.3", "64"]);
  });
  it("says where connections failed", () => {
    expect(formatReport(REPORT)).toContain("ours, 1 KiB file: 3 connections failed or waited over 10 s.");
  });
});
