/**
 * `npx pnpm run bench`: for each work, starts the servers, checks that they do the same, measures them in turn, and stops them.
 * Then writes the report.
 */
import { buildTinyhttp } from "./build.ts";
import { compare, type Series, WARM_UP_SECONDS } from "./comparison.ts";
import { describeMachine } from "./machine.ts";
import { type BenchOptions, parseOptions, USAGE } from "./options.ts";
import { formatReport, type Report } from "./report.ts";
import { keepResults, showInReadme } from "./results.ts";
import { assertSameWork } from "./same-work.ts";
import { ServerProcess } from "./server-process.ts";
import { BASELINE } from "./servers/all.ts";
import type { ServedSite, ServerDefinition } from "./servers/server.ts";
import { makeSite, removeSite, siteOf } from "./site.ts";
import { requireTools } from "./tools.ts";
import { type Work, WORKS } from "./works.ts";

// Left to their default, these end the process without stopping the servers.
const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(USAGE);
    return;
  }
  requireTools(["taskset", "wrk", ...options.servers.flatMap(({ program }) => program ?? [])]);
  if (options.servers.some(({ name }) => name === "tinyhttp")) buildTinyhttp();
  const site = makeSite(WORKS);
  try {
    const report = await interruptible(options, (signal) => run(options, site, signal));
    process.stdout.write(formatReport(report));
    if (options.partial) keepResults(report, "serve-partial");
    else showInReadme(report);
  } finally {
    removeSite(site);
  }
}

/** Has `use` end when the process is told to, or after twice the time that was planned. */
async function interruptible<T>(options: BenchOptions, use: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const onSignal = (): void => interrupt.abort(new Error("Cannot finish: the run was interrupted"));
  for (const name of ENDING_SIGNALS) process.on(name, onSignal);
  const limitMs = timeLimitMs(options);
  const tooLong = new Error(`Cannot finish: the run took over ${limitMs / 1000} s, twice what was planned`);
  const timer = setTimeout(() => interrupt.abort(tooLong), limitMs);
  try {
    return await use(interrupt.signal);
  } catch (error) {
    interrupt.signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    for (const name of ENDING_SIGNALS) process.off(name, onSignal);
  }
}

/** Twice what the measurements take, and a minute for starting, checking and slow answers. */
function timeLimitMs(options: BenchOptions): number {
  const series = options.works.reduce((sum, work) => sum + participants(options, work).length, 0);
  return 2000 * series * (options.rounds * options.seconds + WARM_UP_SECONDS) + 60_000;
}

function participants({ servers }: BenchOptions, work: Work): readonly ServerDefinition[] {
  return servers.filter(({ name }) => work.servers === undefined || work.servers.includes(name));
}

async function run(options: BenchOptions, site: ServedSite, signal: AbortSignal): Promise<Report> {
  const machine = describeMachine();
  const works: Report["works"][number][] = [];
  for (const work of options.works) {
    const series = await runWork(participants(options, work), work, siteOf(work, site), options, signal);
    works.push({ work, series });
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

async function runWork(
  definitions: readonly ServerDefinition[],
  work: Work,
  site: ServedSite,
  { rounds, seconds }: BenchOptions,
  signal: AbortSignal,
): Promise<Series[]> {
  const servers: ServerProcess[] = [];
  try {
    for (const definition of definitions) {
      signal.throwIfAborted();
      servers.push(await ServerProcess.start(definition, site, `/${work.fileName}`));
    }
    for (const server of servers) await assertSameWork(server, work, site);
    return await compare(servers, work, { rounds, seconds, signal, onProgress });
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function onProgress(text: string): void {
  process.stderr.write(`${text}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
