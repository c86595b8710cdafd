/**
 * Opening inside a root where a descriptor cannot be asked for its path (any system but Linux, or one without `/proc`).
 *
 * The real path is looked up, opened, and looked up again; the opened file must be the one it leads to. Someone who may
 * write inside the root, and swaps a directory with a symlink three times within microseconds and at the right moments,
 * is not excluded as on Linux.
 */
import { closeSync, constants, fstatSync, open } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { identityOf } from "./file-identity.ts";
import { OpenFile } from "./open-file.ts";
import type { Opened } from "./open-inside.ts";
import type { SiteRoot } from "./site-root.ts";

// Windows has neither flag, and needs neither: it has no FIFOs in directories, and its links are resolved before.
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Opens what `path` leads to, if that is inside the root; anywhere when `leavesRoot`. */
export async function openByRealPath(root: SiteRoot, path: string, leavesRoot: boolean): Promise<Opened> {
  const realPath = await realpath(path);
  if (!leavesRoot && !root.contains(realPath) && !(root.refresh() && root.contains(realPath))) {
    return { kind: "absent" };
  }
  const named = await stat(realPath, { bigint: true });
  if (named.isDirectory()) return { kind: "directory", fsPath: realPath, close: () => undefined };
  if (!named.isFile()) return { kind: "absent" };
  const descriptor = await openToRead(realPath);
  let isKept = false;
  try {
    const opened = fstatSync(descriptor, { bigint: true });
    const found = await stat(realPath, { bigint: true });
    const isSame = opened.isFile() && opened.ino === found.ino && opened.dev === found.dev;
    if (!isSame || (await realpath(path)) !== realPath) return { kind: "absent" };
    isKept = true;
    return { kind: "file", file: new OpenFile(descriptor, identityOf(opened)) };
  } finally {
    if (!isKept) closeSync(descriptor);
  }
}

function openToRead(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, READ, (error, descriptor) => {
      if (error === null) resolve(descriptor);
      else reject(error);
    });
  });
}
