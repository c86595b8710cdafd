/**
 * Opening inside a root on Linux, where `/proc/self/fd` says which file a descriptor stands for.
 *
 * A path is only a question; between two looks at it, any part of it can become a symlink. So the path is opened first,
 * and what was opened is then asked where it lies. The first descriptor is an O_PATH one: it names the file without
 * opening it, so that nothing outside the root, no FIFO and no device is opened even for a moment (opening a FIFO can
 * block a thread, opening a device can do things).
 */
import type { BigIntStats } from "node:fs";
import { identityOf } from "./file-identity.ts";
import { OpenFile } from "./open-file.ts";
import type { Opened } from "./opened.ts";
import type { SiteRoot } from "./site-root.ts";

const { closeSync, constants, fstatSync, open, openSync, readlinkSync, statfsSync } =
  process.getBuiltinModule("node:fs");

// Not among node:fs constants; the same number on every Linux that Node runs on (asm-generic/fcntl.h).
const O_PATH = 0o10_000_000;
// The permission is checked here, as O_PATH needs none. O_NONBLOCK: a lease on the file is not waited for.
const READ = constants.O_RDONLY | constants.O_NONBLOCK;

// File systems whose files are the kernel's answers, not stored bytes: proc, sysfs, debugfs, tracefs, cgroup2,
// securityfs, bpf, efivarfs (statfs(2)).
const KERNEL_FILE_SYSTEMS: ReadonlySet<number> = new Set([
  0x9fa0, 0x62656572, 0x64626720, 0x74726163, 0x63677270, 0x73636673, 0xcafe4a11, 0xde5e81e4,
]);

/** Opens what `path` leads to, if that is inside the root; anywhere when `leavesRoot`. */
export async function openByDescriptor(root: SiteRoot, path: string | Buffer, leavesRoot: boolean): Promise<Opened> {
  const named = await openPath(path);
  // All that follows concerns an inode in memory: 7 µs in all, against four more trips to the thread pool.
  let isKept = false;
  try {
    const self = `/proc/self/fd/${named}`;
    const stats = fstatSync(named, { bigint: true });
    if (!leavesRoot && !isInside(root, self)) return { kind: "absent" };
    if (stats.isDirectory()) {
      isKept = true;
      return { kind: "directory", fsPath: self, close: closeOnce(named) };
    }
    if (!stats.isFile() || isKernelFile(stats, self)) return { kind: "absent" };
    return { kind: "file", file: new OpenFile(openSync(self, READ), identityOf(stats)) };
  } finally {
    if (!isKept) closeSync(named);
  }
}

function isInside(root: SiteRoot, self: string): boolean {
  const realPath = readlinkSync(self);
  return root.contains(realPath) || (root.refresh() && root.contains(realPath));
}

// Stored files nearly always occupy blocks, so this asks for few of them.
function isKernelFile(stats: BigIntStats, self: string): boolean {
  return stats.blocks === 0n && KERNEL_FILE_SYSTEMS.has(statfsSync(self).type);
}

function openPath(path: string | Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, O_PATH, (error, descriptor) => {
      if (error === null) resolve(descriptor);
      else reject(error);
    });
  });
}

function closeOnce(descriptor: number): () => void {
  let isOpen = true;
  return () => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
}
