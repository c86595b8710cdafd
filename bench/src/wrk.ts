import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { LOAD_CORE, TOOL_ENVIRONMENT } from "./tools.ts";

/** What the load generator saw. */
export interface LoadReport {
  /** Answers received whole. */
  readonly requests: number;
  /** Bytes received, heads and unfinished answers included. */
  readonly bytes: number;
  readonly durationUs: number;
  readonly p99Us: number;
  /** Answers with a status of 400 or more. */
  readonly badStatuses: number;
  /** Failed connects, reads and writes, and answers that took over 10 s. */
  readonly socketErrors: number;
}

export interface LoadOptions {
  readonly url: string;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

export const CONNECTIONS = 64;

/** Keeps 64 connections busy for some seconds from one thread on the load's own core. */
export async function runWrk(options: LoadOptions): Promise<LoadReport> {
  const script = fileURLToPath(new URL("./wrk-report.lua", import.meta.url));
  const load = ["-t1", `-c${CONNECTIONS}`, `-d${options.seconds}s`, "--timeout", "10s", "-s", script, options.url];
  const { stdout } = await promisify(execFile)("taskset", ["-c", String(LOAD_CORE), "wrk", ...load], {
    env: TOOL_ENVIRONMENT,
    signal: options.signal,
  });
  return parseReport(stdout);
}

/** @param output What wrk prints when it ends through wrk-report.lua. */
export function parseReport(output: string): LoadReport {
  const json = /^report (\{.*\})$/m.exec(output)?.[1];
  if (json === undefined) throw new Error(`Cannot find the report line in the output of wrk: "${output.trim()}"`);
  const report = JSON.parse(json) as LoadReport;
  if (report.requests === 0) throw new Error(`Cannot measure: wrk received no whole answer: "${json}"`);
  return report;
}

export function wrkVersion(): string {
  // wrk prints its version with the usage and then exits with 1.
  return (
    /^wrk (\S+)/.exec(spawnSync("wrk", ["-v"], { encoding: "utf8", env: TOOL_ENVIRONMENT }).stdout)?.[1] ?? "unknown"
  );
}
