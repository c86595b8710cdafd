/**
 * `node src/threads.ts [rounds] [seconds]`: what a second thread brings. Two threads have both cores, which they share
 * with the load; so the rates tell most where the app works and the load does not, and CPU time per request where it
 * is the other way round.
 */
import { fileURLToPath } from "node:url";
import { compare, type Series } from "./comparison.ts";
import { describeMachine } from "./machine.ts";
import { ServerProcess } from "./server-process.ts";
import type { ServerDefinition } from "./servers/server.ts";
import { ratiosOf, spreadOf } from "./statistics.ts";
import { type Column, formatTable } from "./table.ts";
import { requireTools } from "./tools.ts";
import type { Work } from "./works.ts";

const COUNTS = [1, 2];
const WORKS: readonly Work[] = ["compute", "hello"].map((name) => ({
  name,
  title: name,
  label: name,
  fileName: name,
  sizeBytes: 0,
  rate: "requests",
  load: { kind: "one" },
  by: "clock",
}));

function definitionOf(threads: number): ServerDefinition {
  const program = fileURLToPath(new URL("./threads-server.ts", import.meta.url));
  return {
    name: threads === 1 ? "1 thread" : `${threads} threads`,
    version: () => "from source",
    start: (_site, port) => ({
      file: process.execPath,
      args: ["--conditions=@tinyhttp/source", program, String(threads), String(port)],
      cores: COUNTS.map((_, core) => core),
    }),
  };
}

async function main(): Promise<void> {
  const [rounds = 5, seconds = 3] = process.argv.slice(2).map(Number);
  requireTools(["taskset", "wrk"]);
  const { cpu, node, loadBefore } = describeMachine();
  process.stdout.write(`${cpu}, Node ${node}, load before ${loadBefore.toFixed(2)}\n`);
  const signal = AbortSignal.timeout(1000 * (2 * COUNTS.length * WORKS.length * (rounds * seconds + 2) + 60));
  const servers: ServerProcess[] = [];
  try {
    for (const threads of COUNTS) {
      servers.push(await ServerProcess.start(definitionOf(threads), { root: "", scratch: "" }, "/hello"));
    }
    for (const work of WORKS) {
      const series = await compare(servers, work, { rounds, seconds, signal, onProgress: () => {} });
      process.stdout.write(`\n${work.title}\n\n${tableOf(series)}\n`);
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function tableOf(all: readonly Series[]): string {
  const titles = ["server", "requests/s", "×", "CPU µs per request", "×", "cores busy"];
  const columns = titles.map((title, index): Column => ({ title, align: index === 0 ? "left" : "right" }));
  const rates = all.map(({ samples }) => samples.map(({ rate }) => rate));
  const costs = all.map(({ samples }) => samples.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest));
  const rows = all.map(({ server, samples }, index) => [
    server,
    spreadOf(rates[index] ?? []).median.toFixed(0),
    ratio(rates[index] ?? [], rates[0] ?? []),
    spreadOf(costs[index] ?? []).median.toFixed(1),
    ratio(costs[index] ?? [], costs[0] ?? []),
    spreadOf(samples.map(({ coreBusy }) => coreBusy)).median.toFixed(2),
  ]);
  return formatTable(columns, rows);
}

function ratio(values: readonly number[], base: readonly number[]): string {
  const { median, least, most } = spreadOf(ratiosOf(values, base));
  return `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
}

await main();
