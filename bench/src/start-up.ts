/**
 * `node src/start-up.ts [rounds]`: how long our command takes until it listens and has said where, beside a bare
 * `node -e 0` and a bare listener of `node:net`. Prints medians of elapsed and of CPU time, and ratios to the first.
 *
 * A round starts every program ten times, one after the other, each time a different one: the system counts the CPU time
 * of processes that have ended in steps of 10 ms, which is 1 ms of a start when ten are counted together.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { buildTinyhttp } from "./build.ts";
import { ratiosOf, spreadOf } from "./statistics.ts";
import { formatTable } from "./table.ts";

const COMMAND = fileURLToPath(new URL("../../apps/cli/bin/tinyhttp.js", import.meta.url));
const SITE = fileURLToPath(new URL(".", import.meta.url));
const LISTENER = `require("node:net").createServer().listen(0, "127.0.0.1", () => require("node:fs").writeSync(1, "ready\\n"))`;

const STARTS_PER_ROUND = 10;
const TICKS_PER_SECOND = 100;

/** A program is ready when it writes something, or when it ends. */
const PROGRAMS = [
  { name: "node -e 0", args: ["-e", "0"] },
  { name: "node:net listener", args: ["-e", LISTENER] },
  { name: "tinyhttp", args: [COMMAND, SITE, "--port", "0"] },
] as const;

interface Round {
  /** Medians of one round's starts, in milliseconds. */
  readonly elapsedMs: number;
  readonly cpuMs: number;
}

async function startOnce(args: readonly string[], signal: NodeJS.Signals): Promise<number> {
  const from = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  await Promise.race([once(child.stdout, "data"), ended]);
  const elapsedMs = performance.now() - from;
  child.kill(signal);
  await ended;
  return elapsedMs;
}

/** User and system time of all processes that this one has started and that have ended (proc_pid_stat(5)). */
function cpuOfEndedChildren(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  // Fields 16 and 17, counted from the one behind the command's name, which is field 3.
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(13, 15)
    .map(Number);
  return (((user ?? Number.NaN) + (system ?? Number.NaN)) * 1000) / TICKS_PER_SECOND;
}

async function runRound(): Promise<Round[]> {
  const elapsed: number[][] = PROGRAMS.map(() => []);
  const cpu = PROGRAMS.map(() => 0);
  for (let start = 0; start < STARTS_PER_ROUND; start++) {
    for (const [index, { args }] of PROGRAMS.entries()) {
      const before = cpuOfEndedChildren();
      elapsed[index]?.push(await startOnce(args, "SIGKILL"));
      cpu[index] = (cpu[index] ?? 0) + cpuOfEndedChildren() - before;
    }
  }
  return elapsed.map((times, index) => ({
    elapsedMs: spreadOf(times).median,
    cpuMs: (cpu[index] ?? Number.NaN) / STARTS_PER_ROUND,
  }));
}

function print(rounds: readonly (readonly Round[])[]): void {
  const series = PROGRAMS.map((_, index) => rounds.flatMap((round) => round[index] ?? []));
  const [bare = []] = series;
  const rows = series.map((own, index) => [
    PROGRAMS[index]?.name ?? "",
    spreadOf(own.map(({ elapsedMs }) => elapsedMs)).median.toFixed(1),
    ratio(
      own.map(({ elapsedMs }) => elapsedMs),
      bare.map(({ elapsedMs }) => elapsedMs),
    ),
    spreadOf(own.map(({ cpuMs }) => cpuMs)).median.toFixed(1),
    ratio(
      own.map(({ cpuMs }) => cpuMs),
      bare.map(({ cpuMs }) => cpuMs),
    ),
  ]);
  const titles = ["program", "elapsed ms", "×", "CPU ms", "×"];
  const columns = titles.map((title, index) => ({
    title,
    align: index === 0 ? ("left" as const) : ("right" as const),
  }));
  const machine = `${cpus()[0]?.model.trim() ?? "unknown"}, Node ${process.version}, load ${(loadavg()[0] ?? 0).toFixed(2)}`;
  process.stdout.write(`${machine}\n\n${formatTable(columns, rows)}\n`);
}

function ratio(values: readonly number[], baseline: readonly number[]): string {
  const { median, least, most } = spreadOf(ratiosOf(values, baseline));
  return `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
}

const count = Number(process.argv[2] ?? 7);
if (!Number.isInteger(count) || count < 1)
  throw new RangeError(`Cannot run ${process.argv[2]} rounds: write a number from 1 on`);
buildTinyhttp();
// Ends of its own accord, so that it keeps its compiled code, as after any use.
for (const { args } of PROGRAMS) await startOnce(args, "SIGTERM");
const rounds: Round[][] = [];
for (let round = 0; round < count; round++) rounds.push(await runRound());
print(rounds);
