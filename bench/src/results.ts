import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { formatChart } from "./chart.ts";
import { formatBlock, insertBlock } from "./readme-block.ts";
import { formatReport, type Report } from "./report.ts";

const RESULTS = new URL("../results/", import.meta.url);
const README = new URL("../../README.md", import.meta.url);

export function resultFile(name: string): string {
  return fileURLToPath(new URL(name, RESULTS));
}

/** Writes `<name>.md`, `<name>.json` and, when there is a baseline to draw ratios to, `<name>.svg`. */
export function keepResults(report: Report, name: string): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(resultFile(`${name}.md`), formatReport(report));
  writeFileSync(resultFile(`${name}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
  if (report.servers.some((server) => server.name === report.baseline)) {
    writeFileSync(resultFile(`${name}.svg`), formatChart(report));
  }
}

/** Writes a whole run, and shows it in the README of the root. */
export function showInReadme(report: Report): void {
  keepResults(report, "serve");
  writeFileSync(README, insertBlock(readFileSync(README, "utf8"), formatBlock(report)));
}
