import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { LOAD_CORE, TOOL_ENVIRONMENT } from "./tools.ts";
import type { Load } from "./works.ts";

/** What the load generator saw. */
export interface LoadReport {
  /** Answers received whole. */
  readonly requests: number;
  /** Bytes received, heads and unfinished answers included. */
  readonly bytes: number;
  readonly durationUs: number;
  /** `NaN` where the load does not tell. */
  readonly p99Us: number;
  /** Answers with a status of 400 or more. */
  readonly badStatuses: number;
  /** Failed connects, reads, writes and requests, and answers that took over 10 s. */
  readonly socketErrors: number;
}

export interface LoadOptions {
  readonly url: string;
  /** Field lines of each request, `name: value`. */
  readonly fields?: readonly string[] | undefined;
  readonly load?: Load | undefined;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

export const CONNECTIONS = 64;

/** Keeps 64 connections busy for some seconds from one thread on the load's own core. */
export async function runWrk(options: LoadOptions): Promise<LoadReport> {
  const { url, seconds, fields = [], load = { kind: "one" } } = options;
  const script = fileURLToPath(new URL("./wrk-load.lua", import.meta.url));
  const headers = fields.flatMap((field) => ["-H", field]);
  const wrk = ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "--timeout", "10s", ...headers, "-s", script, url];
  const { stdout } = await promisify(execFile)("taskset", ["-c", String(LOAD_CORE), "wrk", ...wrk], {
    env: { ...TOOL_ENVIRONMENT, LOAD_KIND: load.kind, LOAD_COUNT: String(countOf(load)) },
    signal: options.signal,
  });
  return parseReport(stdout);
}

function countOf(load: Load): number {
  if (load.kind === "pipelined") return load.depth;
  return load.kind === "random" ? load.files : 0;
}

/** @param output What wrk prints when it ends through wrk-load.lua. */
export function parseReport(output: string): LoadReport {
  const json = /^report (\{.*\})$/m.exec(output)?.[1];
  if (json === undefined) throw new Error(`Cannot find the report line in the output of wrk: "${output.trim()}"`);
  const report = JSON.parse(json) as LoadReport;
  if (report.bytes === 0) throw new Error(`Cannot measure: wrk received nothing: "${json}"`);
  return report;
}

export function wrkVersion(): string {
  // wrk prints its version with the usage and then exits with 1.
  return (
    /^wrk (\S+)/.exec(spawnSync("wrk", ["-v"], { encoding: "utf8", env: TOOL_ENVIRONMENT }).stdout)?.[1] ?? "unknown"
  );
}
