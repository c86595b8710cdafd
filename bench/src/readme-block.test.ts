import { describe, expect, it } from "vitest";
import type { Sample } from "./measurement.ts";
import { formatBlock, insertBlock } from "./readme-block.ts";
import type { Report } from "./report.ts";

function sample(cpuMicrosPerRequest: number): Sample {
  return { rate: 1, cpuMicrosPerRequest, coreBusy: 1, p99Millis: 1, residentBytes: 1, socketErrors: 0 };
}

const REPORT: Report = {
  date: "2026-01-31",
  machine: { cpu: "A CPU", cores: 2, memoryBytes: 2 ** 33, kernel: "6.1", node: "v26", wrk: "4.1", loadBefore: 0 },
  rounds: 3,
  seconds: 1,
  baseline: "nginx",
  servers: [
    { name: "ours", version: "1" },
    { name: "nginx", version: "2" },
    { name: "slow", version: "3" },
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
        { server: "ours", samples: [sample(8), sample(8), sample(16)] },
        { server: "nginx", samples: [sample(10), sample(12), sample(16)] },
      ],
    },
  ],
};

describe("formatBlock", () => {
  const block = formatBlock(REPORT);

  it("gives the median of the rounds' ratios, and nothing for who did not take part", () => {
    const rows = block.split("\n").filter((line) => line.startsWith("|"));
    const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()));
    expect(cells.slice(2).map(([, name, ratio]) => [name, ratio])).toEqual([
      ["ours", "1.25"],
      ["nginx", "1.00"],
      ["slow", ""],
    ]);
  });
  it("compares by the clock what says so, and says that it does", () => {
    const works = REPORT.works.map(({ work, series }) => ({ work: { ...work, by: "clock" as const }, series }));
    const clocked = formatBlock({ ...REPORT, works });
    expect(clocked).toContain("for 1 KiB, by the clock");
    expect(clocked).toMatch(/^\| ours +\| +1\.00 \|$/m);
  });
  it("says on what machine, with which versions and when", () => {
    for (const fact of ["A CPU, 2 cores, 8 GiB, Linux 6.1", "ours 1, nginx 2, slow 3", "2026-01-31"]) {
      expect(block).toContain(fact);
    }
  });
});

describe("insertBlock", () => {
  it("replaces what stands between the marks, and nothing else", () => {
    const readme = "a\n<!-- bench -->\nold\n<!-- /bench -->\nb\n";
    const once = insertBlock(readme, "new\n");
    expect(once).toBe("a\n<!-- bench -->\n\nnew\n\n<!-- /bench -->\nb\n");
    expect(insertBlock(once, "new\n")).toBe(once);
  });
  it("refuses a README without the marks", () => {
    expect(() => insertBlock("a", "b")).toThrow(/Cannot write into the README/);
  });
});
