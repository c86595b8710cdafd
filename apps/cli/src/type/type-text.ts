import { showable } from "../safe-text.ts";
import type { TypeReport } from "./type-report.ts";

/** For eyes: a line per file, in columns. */
export function typeText(reports: readonly TypeReport[]): string {
  const names = reports.map(({ file }) => showable(file));
  const nameWidth = widest(names);
  const typeWidth = widest(reports.map(({ contentType }) => contentType));
  return reports
    .map((report, index) => {
      const columns = [names[index]?.padEnd(nameWidth), report.contentType.padEnd(typeWidth), explanation(report)];
      return `${columns.join("  ")}\n`;
    })
    .join("");
}

function explanation({ reason, compressible, precompressed }: TypeReport): string {
  const parts = [reason];
  if (precompressed.length > 0) parts.push(`lies there as ${precompressed.join(", ")} too`);
  else if (compressible) parts.push("compressed for those who accept that");
  return parts.join("; ");
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}
