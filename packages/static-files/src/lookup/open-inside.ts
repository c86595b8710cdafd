/** The one way to anything in the root: open, then verify what was opened. */
import { fileFailureOf } from "./file-failure.ts";
import { openByDescriptor } from "./open-by-descriptor.ts";
import { openByRealPath } from "./open-by-real-path.ts";
import type { OpenFile } from "./open-file.ts";
import type { Opened } from "./opened.ts";
import type { SiteRoot } from "./site-root.ts";

// An `import` of node:fs reads each of its exports, and so loads streams, promises and readline: 2 ms of the start.
const { existsSync } = process.getBuiltinModule("node:fs");

const openVerified = process.platform === "linux" && existsSync("/proc/self/fd") ? openByDescriptor : openByRealPath;

/**
 * Opens a path below the root.
 *
 * @param leavesRoot Whether a symlink may lead to something outside the root.
 * @throws The file system's error when it is not about this file: out of descriptors, a failing disk.
 */
export async function openInside(root: SiteRoot, path: string | Buffer, leavesRoot: boolean): Promise<Opened> {
  try {
    return await openVerified(root, path, leavesRoot);
  } catch (error) {
    if (fileFailureOf(error) === "absent") return { kind: "absent" };
    throw error;
  }
}

/** As {@link openInside}, for what must be a file. */
export async function openFileInside(
  root: SiteRoot,
  path: string | Buffer,
  leavesRoot: boolean,
): Promise<OpenFile | undefined> {
  const opened = await openInside(root, path, leavesRoot);
  if (opened.kind === "directory") opened.close();
  return opened.kind === "file" ? opened.file : undefined;
}
