/** The part of the root's README that a whole run writes: what was measured, in one table and one picture. */
import { yieldRatios } from "./measurement.ts";
import { machineLine, type Report, versionsLine } from "./report.ts";
import { spreadOf } from "./statistics.ts";
import { type Column, formatTable } from "./table.ts";
import { CONNECTIONS } from "./wrk.ts";

const BEGIN = "<!-- bench -->";
const END = "<!-- /bench -->";

/**
 * Puts the block between its marks.
 *
 * @throws {Error} The marks are not there.
 */
export function insertBlock(readme: string, block: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END, begin);
  if (begin === -1 || end === -1) throw new Error(`Cannot write into the README: expected "${BEGIN}" and "${END}"`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${block}\n${readme.slice(end)}`;
}

export function formatBlock(report: Report): string {
  const { baseline, date, rounds, seconds, machine } = report;
  return [
    `Requests in a second of CPU time, as a multiple of ${baseline}'s; for ${byClock(report)}, by the clock, which does not show what CPU time the kernel saves a server that never sees the bytes.`,
    "",
    ratioTable(report),
    "",
    "![The same as bars, for the works that all servers do](bench/results/serve.svg)",
    "",
    `\`npx pnpm run bench\` measured, drew and wrote this on ${date}: medians of ${rounds} interleaved rounds of ${seconds} s,`,
    `${CONNECTIONS} keep-alive connections, each server on one core and the load on another.`,
    `${machineLine(machine)}; ${versionsLine(report)}. [All numbers](bench/results/serve.md), with rates, latency and`,
    "memory; [what each column asks for, how it is measured](bench/README.md), and what that does not say.",
    "",
  ].join("\n");
}

/** The works that are not compared by CPU time. */
function byClock({ works }: Report): string {
  return works.flatMap(({ work }) => (work.by === "clock" ? [work.label] : [])).join(" and ");
}

function ratioTable({ works, servers, baseline }: Report): string {
  const columns: Column[] = [
    { title: "", align: "left" },
    ...works.map(({ work }): Column => ({ title: work.label, align: "right" })),
  ];
  const rows = servers.map(({ name }) => [
    name,
    ...works.map(({ work, series }) => {
      const samples = series.find(({ server }) => server === name)?.samples;
      const base = series.find(({ server }) => server === baseline)?.samples ?? [];
      return samples === undefined ? "" : spreadOf(yieldRatios(work, samples, base)).median.toFixed(2);
    }),
  ]);
  return formatTable(columns, rows);
}
