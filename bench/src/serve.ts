/** `pnpm bench`: starts the servers, checks that they answer alike, measures them in turn, writes the report. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildTinyhttp } from "./build.ts";
import { formatChart } from "./chart.ts";
import { compare, WARM_UP_SECONDS } from "./comparison.ts";
import { describeMachine } from "./machine.ts";
import { type BenchOptions, parseOptions, USAGE } from "./options.ts";
import { formatReport, type Report } from "./report.ts";
import { answerOf, assertSameAnswer, readAnswer } from "./same-answer.ts";
import { ServerProcess } from "./server-process.ts";
import { BASELINE } from "./servers/all.ts";
import type { ServedSite } from "./servers/server.ts";
import { makeSite, removeSite } from "./site.ts";
import { requireTools } from "./tools.ts";
import { WORKS } from "./works.ts";

// Left to their default, these end the process without stopping the servers.
const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const RESULTS = fileURLToPath(new URL("../results/", import.meta.url));

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(USAGE);
    return;
  }
  const names = options.servers.map(({ name }) => name);
  requireTools(["taskset", "wrk", ...(names.includes("nginx") ? ["nginx"] : [])]);
  if (names.includes("tinyhttp")) buildTinyhttp();
  const site = makeSite(WORKS);
  try {
    const report = await withServers(options, site, (servers, signal) => run(options, site, servers, signal));
    writeReport(report, options.partial ? "serve-partial" : "serve");
  } finally {
    removeSite(site);
  }
}

async function withServers<T>(
  options: BenchOptions,
  site: ServedSite,
  use: (servers: readonly ServerProcess[], signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interrupt = new AbortController();
  const onSignal = (): void => interrupt.abort(new Error("Cannot finish: the run was interrupted"));
  for (const name of ENDING_SIGNALS) process.on(name, onSignal);
  const limitMs = timeLimitMs(options);
  const tooLong = new Error(`Cannot finish: the run took over ${limitMs / 1000} s, twice what was planned`);
  const timer = setTimeout(() => interrupt.abort(tooLong), limitMs);
  const { signal } = interrupt;
  const servers: ServerProcess[] = [];
  try {
    for (const definition of options.servers) {
      signal.throwIfAborted();
      servers.push(await ServerProcess.start(definition, site, `/${WORKS[0]?.fileName ?? ""}`));
    }
    return await use(servers, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    clearTimeout(timer);
    for (const name of ENDING_SIGNALS) process.off(name, onSignal);
  }
}

/** Twice what the measurements take, and a minute for starting, checking and slow answers. */
function timeLimitMs({ rounds, seconds, servers, works }: BenchOptions): number {
  return 2000 * servers.length * works.length * (rounds * seconds + WARM_UP_SECONDS) + 60_000;
}

async function run(
  options: BenchOptions,
  site: ServedSite,
  servers: readonly ServerProcess[],
  signal: AbortSignal,
): Promise<Report> {
  const machine = describeMachine();
  for (const { fileName } of options.works) {
    const expected = answerOf(readFileSync(join(site.root, fileName)));
    for (const { name, port } of servers) {
      const actual = await readAnswer(`http://127.0.0.1:${port}/${fileName}`);
      assertSameAnswer(name, `/${fileName}`, actual, expected);
    }
  }
  const works: Report["works"][number][] = [];
  for (const work of options.works) {
    works.push({ work, series: await compare(servers, work, { ...options, signal, onProgress }) });
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    machine,
    rounds: options.rounds,
    seconds: options.seconds,
    baseline: BASELINE,
    servers: options.servers.map((definition) => ({ name: definition.name, version: definition.version() })),
    works,
  };
}

function onProgress(text: string): void {
  process.stderr.write(`${text}\n`);
}

function writeReport(report: Report, name: string): void {
  const markdown = formatReport(report);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${name}.md`), markdown);
  // Bars are ratios: without the baseline there is nothing to draw.
  if (report.servers.some((server) => server.name === report.baseline)) {
    writeFileSync(join(RESULTS, `${name}.svg`), formatChart(report));
  }
  writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
  process.stdout.write(markdown);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
