import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { LOAD_CORE, TOOL_ENVIRONMENT } from "./tools.ts";
import type { LoadOptions, LoadReport } from "./wrk.ts";

/** Fewer than with HTTP/1.1, since each carries many requests at a time. */
const CONNECTIONS = 8;

/** Keeps 8 HTTP/2 connections busy for some seconds from one thread on the load's own core. */
export async function runH2load({ url, seconds, fields = [], load, signal }: LoadOptions): Promise<LoadReport> {
  const streams = load?.kind === "multiplexed" ? load.streams : 1;
  const headers = fields.flatMap((field) => ["-H", field]);
  const args = ["-t1", `-c${CONNECTIONS}`, `-m${streams}`, `-D${seconds}`, ...headers, url];
  const { stdout } = await promisify(execFile)("taskset", ["-c", String(LOAD_CORE), "h2load", ...args], {
    env: TOOL_ENVIRONMENT,
    signal,
  });
  return parseH2loadReport(stdout);
}

/** @param output What h2load 1.52 prints when it ends. */
export function parseH2loadReport(output: string): LoadReport {
  const protocol = /^Application protocol: (\S+)$/m.exec(output)?.[1];
  if (protocol !== "h2") throw new Error(`Cannot measure HTTP/2: the server speaks "${protocol}"`);
  const seconds = Number(/^finished in ([\d.]+)s,/m.exec(output)?.[1]);
  const requests = /^requests: .* (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout$/m.exec(output);
  const statuses = /^status codes: \d+ 2xx, \d+ 3xx, (\d+) 4xx, (\d+) 5xx$/m.exec(output);
  const bytes = Number(/^traffic: .*\((\d+)\) total,/m.exec(output)?.[1]);
  if (requests === null || statuses === null || !(seconds > 0) || !(bytes > 0)) {
    throw new Error(`Cannot read the output of h2load: "${output.trim()}"`);
  }
  const [, succeeded, failed] = requests.map(Number);
  return {
    requests: succeeded ?? 0,
    bytes,
    durationUs: seconds * 1e6,
    p99Us: Number.NaN,
    badStatuses: Number(statuses[1]) + Number(statuses[2]),
    socketErrors: failed ?? 0,
  };
}
