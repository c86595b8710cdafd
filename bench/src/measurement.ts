import { runH2load } from "./h2load.ts";
import type { ServerProcess } from "./server-process.ts";
import { ratiosOf } from "./statistics.ts";
import type { Work } from "./works.ts";
import { runWrk } from "./wrk.ts";

/** One server, one work, one round. */
export interface Sample {
  /** Requests or bytes per second, as the work counts. */
  readonly rate: number;
  /** Time that the server's processes ran for one request. */
  readonly cpuMicrosPerRequest: number;
  /** Share of the round that the server's processes ran. Well below 1, the load was the limit and the rate says little. */
  readonly coreBusy: number;
  readonly p99Millis: number;
  /** After the round. */
  readonly residentBytes: number;
  readonly socketErrors: number;
}

/** How many times as much a second of what the work is compared by yields as with `base`, round by round. */
export function yieldRatios({ by }: Work, samples: readonly Sample[], base: readonly Sample[]): number[] {
  const yieldOf = ({ rate, cpuMicrosPerRequest }: Sample): number => (by === "cpu" ? 1 / cpuMicrosPerRequest : rate);
  return ratiosOf(samples.map(yieldOf), base.map(yieldOf));
}

/**
 * @param fields What the requests say beside their target: see `requestFields`.
 * @throws {Error} The server answered with an error status, so it did not do the work.
 */
export async function measure(
  server: ServerProcess,
  work: Work,
  fields: readonly string[],
  seconds: number,
  signal: AbortSignal,
): Promise<Sample> {
  const url = `${server.origin}/${work.fileName}`;
  const before = server.usage();
  const startedAt = performance.now();
  const run = work.load.kind === "multiplexed" ? runH2load : runWrk;
  const report = await run({ url, fields: [...server.fields, ...fields], load: work.load, seconds, signal });
  const elapsedSeconds = (performance.now() - startedAt) / 1000;
  const after = server.usage();
  if (report.badStatuses > 0) {
    throw new Error(`Cannot measure ${server.name}: ${report.badStatuses} answers to "${url}" had an error status`);
  }
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
  // Large answers that the end cut off are work done all the same, so they count by their bytes.
  const requests = work.rate === "bytes" ? report.bytes / work.sizeBytes : report.requests;
  const loadSeconds = report.durationUs / 1e6;
  return {
    rate: (work.rate === "bytes" ? report.bytes : report.requests) / loadSeconds,
    cpuMicrosPerRequest: (cpuSeconds * 1e6) / requests,
    coreBusy: cpuSeconds / elapsedSeconds,
    p99Millis: report.p99Us / 1000,
    residentBytes: after.residentBytes,
    socketErrors: report.socketErrors,
  };
}
