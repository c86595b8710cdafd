/** The report as a picture: for each work that all servers do, what a second yields, as a multiple of the baseline. */
import type { Report } from "./report.ts";
import { yieldRatios } from "./measurement.ts";
import { spreadOf } from "./statistics.ts";
import type { Work } from "./works.ts";

// Lengths in CSS pixels.
const WIDTH = 720;
const LABEL_WIDTH = 120;
const ROW_HEIGHT = 22;
const BAR_HEIGHT = 14;
const TITLE_HEIGHT = 40;
const VALUE_WIDTH = 60;

const STYLE = `<style>
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  rect { fill: #8c959f }
  .first { fill: #0969da }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .first { fill: #4493f8 } }
</style>`;

export interface Bar {
  readonly server: string;
  /** Median over the rounds of what a second yields with this server divided by what it does with the baseline. */
  readonly ratio: number;
}

/** @returns An SVG document. The first server of the report stands out. */
export function formatChart(report: Report): string {
  const sections = report.works
    .filter(({ work }) => work.servers === undefined)
    .map(({ work, series }) => ({
      title: `${work.title}: ${work.rate} per second${work.by === "cpu" ? " of CPU time" : ""}, ${report.baseline} = 1`,
      bars: barsOf(work, series, report.baseline),
    }));
  const longest = Math.max(1, ...sections.flatMap(({ bars }) => bars.map(({ ratio }) => ratio)));
  const scale = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / longest;
  const lines: string[] = [];
  let top = 0;
  for (const { title, bars } of sections) {
    lines.push(`<text class="title" x="0" y="${top + 26}">${escapeXml(title)}</text>`);
    top += TITLE_HEIGHT;
    for (const [index, bar] of bars.entries()) {
      lines.push(...barLines(bar, top, scale, index === 0));
      top += ROW_HEIGHT;
    }
  }
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}">`;
  return [open, STYLE, ...lines, "</svg>", ""].join("\n");
}

function barsOf(work: Work, series: Report["works"][number]["series"], baseline: string): Bar[] {
  const base = series.find(({ server }) => server === baseline)?.samples ?? [];
  return series.map(({ server, samples }) => ({ server, ratio: spreadOf(yieldRatios(work, samples, base)).median }));
}

function barLines({ server, ratio }: Bar, top: number, scale: number, first: boolean): string[] {
  const width = Math.max(1, ratio * scale);
  const baseline = top + BAR_HEIGHT - 3;
  return [
    `<text x="${LABEL_WIDTH - 8}" y="${baseline}" text-anchor="end">${escapeXml(server)}</text>`,
    `<rect${first ? ' class="first"' : ""} x="${LABEL_WIDTH}" y="${top}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}"/>`,
    `<text x="${(LABEL_WIDTH + width + 6).toFixed(1)}" y="${baseline}">${ratio.toFixed(2)}</text>`,
  ];
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
