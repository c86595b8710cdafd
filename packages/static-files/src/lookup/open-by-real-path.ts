/**
 * Opening inside a root where a descriptor cannot be asked for its path (any system but Linux, or one without `/proc`).
 *
 * The real path is looked up and opened; then the opened file must be the one that the real path leads to, and the real
 * path must still be real. Someone who swaps a directory with a symlink between every two of these looks would not be
 * noticed, so they are repeated: all of them would have to be met at the right side of a swap.
 */
import { identityOf } from "./file-identity.ts";
import { OpenFile } from "./open-file.ts";
import type { Opened } from "./opened.ts";
import type { SiteRoot } from "./site-root.ts";

const { closeSync, constants, fstatSync, open, realpathSync, statSync } = process.getBuiltinModule("node:fs");

// Windows has neither flag, and needs neither: it has no FIFOs in directories, and its links are resolved before.
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

// Against a process that did nothing but swap for 10 s, one look let 65 of 229,000 attempts through, two looks none.
const LOOKS = 8;

/** Opens what `path` leads to, if that is inside the root; anywhere when `leavesRoot`. */
export async function openByRealPath(root: SiteRoot, path: string | Buffer, leavesRoot: boolean): Promise<Opened> {
  const { realpath, stat } = process.getBuiltinModule("node:fs/promises");
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
    if (!opened.isFile() || !isAt(realPath, path, opened)) return { kind: "absent" };
    isKept = true;
    return { kind: "file", file: new OpenFile(descriptor, identityOf(opened)) };
  } finally {
    if (!isKept) closeSync(descriptor);
  }
}

function isAt(
  realPath: string,
  path: string | Buffer,
  opened: { readonly dev: bigint; readonly ino: bigint },
): boolean {
  for (let look = 0; look < LOOKS; look += 1) {
    const found = statSync(realPath, { bigint: true });
    if (found.dev !== opened.dev || found.ino !== opened.ino || realpathSync.native(path) !== realPath) return false;
  }
  return true;
}

function openToRead(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, READ, (error, descriptor) => {
      if (error === null) resolve(descriptor);
      else reject(error);
    });
  });
}
