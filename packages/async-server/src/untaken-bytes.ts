import type { Socket } from "node:net";

const { fstatSync, readFile } = process.getBuiltinModule("node:fs");

// Of Linux (proc(5)). Elsewhere only what waits in Node is known.
const TABLES = ["/proc/self/net/tcp", "/proc/self/net/tcp6"];
// sl, local_address, rem_address, st, tx_queue:rx_queue, tr:tm->when, retrnsmt, uid, timeout, inode.
const CONNECTION = /^ *\d+: \S+ \S+ \S+ ([\dA-F]+):\S+ \S+ \S+ +\d+ +\d+ (\d+)/gm;

interface Handle {
  readonly writeQueueSize?: number;
  readonly fd?: number;
}

/**
 * What a connection's peer has not taken of what was written to it: what waits in Node, and what the system holds until
 * the peer has acknowledged it. That may be megabytes, so that of a peer that takes 10 KB a second nothing moves in Node
 * for minutes. Only a difference between two looks has a meaning.
 */
export async function untakenBytes(socket: Socket): Promise<number> {
  // Node declares none of this. An encrypted connection itself only knows of whole writes that are over.
  const { _handle, _parent } = socket as unknown as {
    readonly _handle?: Handle | null;
    readonly _parent?: { readonly _handle?: Handle | null } | null;
  };
  const handle = _parent?._handle ?? _handle;
  const inode = inodeOf(handle?.fd);
  const unacknowledged = inode === undefined ? 0 : ((await connectionTable()).get(inode) ?? 0);
  return (handle?.writeQueueSize ?? 0) + unacknowledged;
}

function inodeOf(fd: number | undefined): number | undefined {
  if (process.platform !== "linux" || fd === undefined || fd < 0) return undefined;
  try {
    return fstatSync(fd).ino;
  } catch {
    return undefined;
  }
}

let looking: Promise<ReadonlyMap<number, number>> | undefined;

/**
 * By the inode of their sockets. Whoever asks meanwhile, as all do in one sweep, shares the look: for 10,000 connections
 * it takes the system 40 ms, on a thread of its own.
 */
function connectionTable(): Promise<ReadonlyMap<number, number>> {
  looking ??= readConnectionTable().finally(() => (looking = undefined));
  return looking;
}

async function readConnectionTable(): Promise<ReadonlyMap<number, number>> {
  const table = new Map<number, number>();
  for (const text of await Promise.all(TABLES.map(readText))) {
    for (const [, queued = "", inode] of text.matchAll(CONNECTION)) {
      table.set(Number(inode), Number.parseInt(queued, 16));
    }
  }
  return table;
}

/** @returns Nothing where there is no such table. */
function readText(path: string): Promise<string> {
  return new Promise((resolve) => {
    readFile(path, "latin1", (error, text) => resolve(error === null ? text : ""));
  });
}
