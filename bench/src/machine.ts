import { cpus, loadavg, release, totalmem } from "node:os";
import { wrkVersion } from "./wrk.ts";

/** Where and with what the numbers were made. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly kernel: string;
  readonly node: string;
  readonly wrk: string;
  /** Load average of the last minute before the run. Well above 0 means that something else ran. */
  readonly loadBefore: number;
}

export function describeMachine(): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? "unknown",
    cores: cores.length,
    memoryBytes: totalmem(),
    kernel: release(),
    node: process.version,
    wrk: wrkVersion(),
    loadBefore: loadavg()[0] ?? 0,
  };
}
