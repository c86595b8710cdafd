/**
 * Everything below a directory that requests could be answered with, found by the same rules: what is hidden, leads
 * out of the root, is no regular file, or has a name that no path can have, is left out here as it is there.
 */
import type { Stats } from "node:fs";
import { isNameable } from "../listing/entry-href.ts";
import type { Entry } from "../listing/entry.ts";
import type { OpenDirectory } from "../listing/open-directory.ts";
import { readEntries, type ReadEntriesOptions } from "../listing/read-entries.ts";
import { byName, sortInSlices } from "../listing/sort-entries.ts";
import type { Opened } from "../lookup/opened.ts";
import { StaticFilesError } from "../static-files-error.ts";
import type { ArchiveItem } from "./write-zip.ts";

const { promises } = process.getBuiltinModule("node:fs");

export interface WalkOptions extends ReadEntriesOptions {
  /** Opens what a path leads to: normalised, below the root. */
  readonly open: (path: string) => Promise<Opened>;
  /** Whether the one who asks may have it. */
  readonly may: (action: "read" | "list", path: string) => boolean;
  /** Name of the directory in the archive. */
  readonly name: string;
}

/**
 * Most files and directories in one archive. Each costs about 150 bytes until the archive has been sent.
 */
const MAX_ITEMS = 250_000;
// Deeper than any path that can be asked for: 4096 bytes with a name of one byte each.
const MAX_DEPTH = 2048;

interface Walk {
  readonly options: WalkOptions;
  readonly signal: AbortSignal;
  /** Directories that were walked by way of a link; each is walked once. */
  readonly linked: Set<string>;
  /** Directories from the top to here. */
  readonly above: string[];
  count: number;
}

/**
 * Files and directories, each directory before what is in it, in the order of the listing. It does not close the
 * directory that it is given.
 *
 * @throws The file system's error; the signal's reason; {@link StaticFilesError} `too-many-files`.
 */
export async function* walkDirectory(
  directory: OpenDirectory,
  options: WalkOptions,
  signal: AbortSignal,
): AsyncGenerator<ArchiveItem, void, undefined> {
  yield* walk({ options, signal, linked: new Set(), above: [], count: 0 }, directory, `${options.name}/`);
}

async function* walk(
  state: Walk,
  directory: OpenDirectory,
  archivePath: string,
): AsyncGenerator<ArchiveItem, void, undefined> {
  const { options, signal } = state;
  const stats = await promises.stat(directory.fsPath);
  const identity = identityOf(stats);
  // A link that leads back to where it stands would never end.
  if (state.above.includes(identity) || state.above.length >= MAX_DEPTH) return;
  const { entries, truncated } = await readEntries(directory.fsPath, options, signal);
  if (truncated) throw tooMany();
  yield counted(state, { path: archivePath, modifiedMs: stats.mtimeMs, file: undefined });
  state.above.push(identity);
  for (const entry of await sortInSlices(entries, byName({ key: "name", descending: false }), signal)) {
    signal.throwIfAborted();
    yield* walkEntry(state, entry, directory.path, archivePath);
  }
  state.above.pop();
}

async function* walkEntry(
  state: Walk,
  entry: Entry,
  directoryPath: string,
  archivePath: string,
): AsyncGenerator<ArchiveItem, void, undefined> {
  const { options } = state;
  const isFolder = entry.type === "directory";
  const path = `${directoryPath}${entry.name}${isFolder ? "/" : ""}`;
  if (!isNameable(entry) || !options.may(isFolder ? "list" : "read", path)) return;
  const opened = await options.open(path);
  if (opened.kind === "absent") return;
  const inArchive = `${archivePath}${entry.name}`;
  if (opened.kind === "file") {
    const modifiedMs = Number(opened.file.identity.modifiedNs / 1_000_000n);
    yield counted(state, { path: inArchive, modifiedMs, file: opened.file });
    return;
  }
  try {
    if (entry.linkTarget !== undefined && !(await isFirstVisit(state, opened.fsPath))) return;
    yield* walk(state, { path, fsPath: opened.fsPath }, `${inArchive}/`);
  } finally {
    opened.close();
  }
}

/** Of a directory behind a link: links to each other would otherwise multiply what is in them. */
async function isFirstVisit({ linked }: Walk, fsPath: string): Promise<boolean> {
  const identity = identityOf(await promises.stat(fsPath));
  if (linked.has(identity)) return false;
  linked.add(identity);
  return true;
}

function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

function counted(state: Walk, item: ArchiveItem): ArchiveItem {
  state.count += 1;
  if (state.count <= MAX_ITEMS) return item;
  item.file?.close();
  throw tooMany();
}

function tooMany(): StaticFilesError {
  return new StaticFilesError("too-many-files", `Cannot put more than ${MAX_ITEMS} files into one archive`);
}
