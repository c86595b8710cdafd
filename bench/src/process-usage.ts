/** CPU time and memory of a process and everything it started, from /proc (proc_pid_stat(5)). */
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessUsage {
  /** User and system time since the start, of the live processes and of children they waited for. */
  readonly cpuSeconds: number;
  /** Resident memory; a page that two of the processes share counts twice. */
  readonly residentBytes: number;
}

// The kernel reports times to user space in units of 1/100 s on every architecture that Node runs on. The sum of
// user and system time is exact before that rounding; only the split between the two is sampled.
const TICKS_PER_SECOND = 100;

export function readProcessUsage(pid: number): ProcessUsage {
  let cpuSeconds = 0;
  let residentBytes = 0;
  for (const member of processTree(pid)) {
    cpuSeconds += parseCpuSeconds(readFileSync(`/proc/${member}/stat`, "utf8"));
    residentBytes += parseResidentBytes(readFileSync(`/proc/${member}/status`, "utf8"));
  }
  return { cpuSeconds, residentBytes };
}

/** The process and its live descendants, parents first. */
export function processTree(pid: number): number[] {
  const pids = [pid];
  // `pids` grows while it is walked: children are appended behind their parents.
  for (const parent of pids) pids.push(...childrenOf(parent));
  return pids;
}

function childrenOf(pid: number): number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.flatMap((thread) => {
    const children = readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8");
    return children.split(" ").filter(Boolean).map(Number);
  });
}

/** @param stat Content of /proc/[pid]/stat. */
export function parseCpuSeconds(stat: string): number {
  // Field 2 is the command in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // Fields 14 to 17: utime, stime, cutime, cstime. The first one here is field 3.
  const ticks = fields.slice(11, 15).map(Number);
  const sum = ticks.reduce((total, value) => total + value, 0);
  if (ticks.length !== 4 || !Number.isInteger(sum)) throw new Error(`Cannot read CPU times from "${stat.trim()}"`);
  return sum / TICKS_PER_SECOND;
}

/** @param status Content of /proc/[pid]/status. */
export function parseResidentBytes(status: string): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) throw new Error("Cannot read VmRSS from the status of the process: it has ended");
  return Number(kibibytes) * 1024;
}
