/**
 * One writer at a time, over threads and processes: a file `<path>.lock` that only one can create. Nobody who only
 * reads needs it.
 */
import { randomBytes } from "node:crypto";
import { link, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { isErrno } from "../secrets/private-file.ts";

/** Another process changes the file, or died while it did. */
export class FileLockedError extends Error {
  static {
    this.prototype.name = "FileLockedError";
  }
  readonly code = "locked";

  constructor(lock: string) {
    super(`Cannot change the file: another process holds ${lock}; remove it if none does`);
  }
}

// A change takes a few milliseconds; whoever holds a lock for this long has died.
const STALE_MS = 10_000;
const PATIENCE_MS = 15_000;
const RETRY_MS = 10;

/**
 * Runs `change` while nobody else changes `path`. It is given a way to make sure, right before it writes, that the lock
 * was not broken while this process was stopped.
 *
 * @throws {FileLockedError} After 15 s.
 */
export async function withLock<Result>(
  path: string,
  change: (checkHeld: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const lock = `${path}.lock`;
  const token = randomBytes(12).toString("hex");
  await acquire(lock, token);
  try {
    return await change(async () => {
      if (!(await isHeld(lock, token))) throw new FileLockedError(lock);
    });
  } finally {
    await release(lock, token);
  }
}

async function acquire(lock: string, token: string): Promise<void> {
  const giveUp = performance.now() + PATIENCE_MS;
  while (!(await tryCreate(lock, token))) {
    if (performance.now() > giveUp) {
      throw new FileLockedError(lock);
    }
    await breakStale(lock);
    // Not all at the same moment again.
    await sleep(RETRY_MS * (0.5 + Math.random()));
  }
}

async function tryCreate(lock: string, token: string): Promise<boolean> {
  try {
    await writeFile(lock, token, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (isErrno(error, "EEXIST")) return false;
    throw error;
  }
}

// Renaming is what only one of several can do. It may still hit a lock that somebody took since we looked; that one
// is put back, unless a third was quicker, and then its holder finds out before it writes.
async function breakStale(lock: string): Promise<void> {
  const broken = `${lock}.${randomBytes(6).toString("hex")}`;
  try {
    const { mtimeMs } = await stat(lock);
    if (Date.now() - mtimeMs < STALE_MS) return;
    await rename(lock, broken);
    if (Date.now() - (await stat(broken)).mtimeMs < STALE_MS) await link(broken, lock).catch(ignoreTaken);
    await rm(broken, { force: true });
  } catch (error) {
    if (!isErrno(error, "ENOENT")) throw error;
  }
}

function ignoreTaken(error: unknown): void {
  if (!isErrno(error, "EEXIST")) throw error;
}

// After a long pause the lock may have been broken and be somebody else's.
async function release(lock: string, token: string): Promise<void> {
  if (await isHeld(lock, token)) await rm(lock, { force: true });
}

async function isHeld(lock: string, token: string): Promise<boolean> {
  return (await readFile(lock, "utf8").catch(() => undefined)) === token;
}
