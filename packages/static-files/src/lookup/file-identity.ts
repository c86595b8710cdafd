/** What tells one version of a file from another, as far as the file system says. */
import type { BigIntStats } from "node:fs";

const { statSync } = process.getBuiltinModule("node:fs");

export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  /** Bytes. */
  readonly size: number;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
}

export function identityOf(stats: BigIntStats): FileIdentity {
  return {
    device: stats.dev,
    inode: stats.ino,
    size: Number(stats.size),
    modifiedNs: stats.mtimeNs,
    changedNs: stats.ctimeNs,
  };
}

/**
 * The identity of the regular file that a path leads to now; `undefined` when there is none.
 *
 * Synchronous on purpose: on a local file system a stat of a name in use takes 1.9 µs, a trip to the thread pool and
 * back over ten times as much, and it is made at most once per file and `revalidateMs`.
 */
export function identityAt(path: string): FileIdentity | undefined {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats?.isFile() === true ? identityOf(stats) : undefined;
  } catch {
    return undefined;
  }
}

/** As {@link identityAt}, of a directory: its times change with the names in it. */
export function directoryAt(path: string): FileIdentity | undefined {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats?.isDirectory() === true ? identityOf(stats) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether nothing about a file was touched: not its bytes, name, owner or mode. */
export function isUntouched(a: FileIdentity | undefined, b: FileIdentity | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.changedNs === b.changedNs &&
    a.modifiedNs === b.modifiedNs &&
    a.size === b.size &&
    a.inode === b.inode &&
    a.device === b.device
  );
}

/**
 * Whether a file was changed so shortly before `nowMs` that another change could leave the same times. Kernels advance
 * file times in steps: up to 10 ms on native Linux file systems, up to 2 s on those that keep whole seconds. The status
 * change time decides, as nobody can set it.
 *
 * @param nowMs Milliseconds since 1970, from before the file was read.
 */
export function isRecentlyChanged({ changedNs }: FileIdentity, nowMs: number): boolean {
  const stepMs = changedNs % 1_000_000_000n === 0n ? 2000 : 50;
  return nowMs - Number(changedNs / 1_000_000n) < stepMs;
}
