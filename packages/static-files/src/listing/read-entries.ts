/**
 * From a directory to the entries that may be shown, and from entries to their sizes and times. Only this file of
 * the listing touches the file system. What no request could be answered with is left out here: hidden names,
 * FIFOs, sockets, devices, broken links and links that lead where nothing is served.
 */
import { isUtf8 } from "node:buffer";
import type { Dirent, Stats } from "node:fs";
import { lstat, opendir, realpath } from "node:fs/promises";
import type { Entry, EntryDetails } from "./entry.ts";

/**
 * Most entries of one directory that are listed. Each costs about 110 bytes until the listing has been sent, and
 * as much again when ordered by size or time: a client that reads slowly holds up to 55 MB.
 */
const MAX_ENTRIES = 250_000;

// Entries per getdents call of the thread pool: 32, the default, takes twice as long for 100,000 names.
const READ_BATCH = 256;
// Stats under way at once. The thread pool has 4 threads; more would only queue in front of other requests.
const STAT_BATCH = 64;

export interface ReadEntriesOptions {
  /** Whether names that begin with a dot are listed. */
  readonly showDotfiles: boolean;
  /** Whether a symbolic link that leads to `realPath` would be served. No link is listed without it. */
  readonly isInside?: ((realPath: string) => boolean) | undefined;
  /** Told how many entries there are so far; what it throws ends the reading. */
  readonly onCount?: ((count: number) => void) | undefined;
}

/** The entries of a directory, in no particular order. */
export interface DirectoryEntries {
  readonly entries: Entry[];
  /** Whether there are more than {@link MAX_ENTRIES}. */
  readonly truncated: boolean;
}

/**
 * Reads a directory piece by piece.
 *
 * @throws The file system's error when the directory cannot be read; the signal's reason once it has aborted.
 */
export async function readEntries(
  fsPath: string,
  options: ReadEntriesOptions,
  signal: AbortSignal,
  maxEntries: number = MAX_ENTRIES,
): Promise<DirectoryEntries> {
  const entries: Entry[] = [];
  let links: Buffer[] = [];
  for await (const dirent of await openNames(fsPath)) {
    signal.throwIfAborted();
    if (dirent.name[0] === DOT && !options.showDotfiles) continue;
    if (dirent.isSymbolicLink() && options.isInside !== undefined) links.push(dirent.name);
    else if (dirent.isDirectory()) entries.push(entryOf(dirent.name, "directory", undefined));
    else if (dirent.isFile()) entries.push(entryOf(dirent.name, "file", undefined));
    if (links.length === STAT_BATCH) {
      entries.push(...(await resolveLinks(fsPath, links, options)));
      links = [];
    }
    options.onCount?.(entries.length);
    if (entries.length > maxEntries) break;
  }
  entries.push(...(await resolveLinks(fsPath, links, options)));
  const truncated = entries.length > maxEntries;
  if (truncated) entries.length = maxEntries;
  return { entries, truncated };
}

/** Sizes and times of some entries, in their order; without those that have vanished or changed their type. */
export async function readDetails(fsPath: string, entries: readonly Entry[]): Promise<EntryDetails[]> {
  const details: EntryDetails[] = [];
  for (let start = 0; start < entries.length; start += STAT_BATCH) {
    const batch = entries.slice(start, start + STAT_BATCH);
    for (const found of await Promise.all(batch.map((entry) => detailsOf(fsPath, entry)))) {
      if (found !== undefined) details.push(found);
    }
  }
  return details;
}

const DOT = 0x2e;

// A file system may hold a time that no four-digit year or JavaScript date can express.
const FIRST_MODIFIED_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MODIFIED_MS = Date.parse("9999-12-31T23:59:59Z");

// Names are read as bytes, since they need not be UTF-8; the types of Node know this only for `readdir`.
async function openNames(fsPath: string): Promise<AsyncIterable<Dirent<Buffer>>> {
  const options = { encoding: "buffer" as BufferEncoding, bufferSize: READ_BATCH };
  return (await opendir(fsPath, options)) as AsyncIterable<unknown> as AsyncIterable<Dirent<Buffer>>;
}

function entryOf(name: Buffer, type: Entry["type"], linkTarget: string | undefined): Entry {
  return { name: name.toString(), rawName: isUtf8(name) ? undefined : name, type, linkTarget };
}

async function resolveLinks(fsPath: string, names: Buffer[], options: ReadEntriesOptions): Promise<Entry[]> {
  const resolved = await Promise.all(names.map((name) => resolveLink(fsPath, name, options)));
  return resolved.filter((entry) => entry !== undefined);
}

async function resolveLink(fsPath: string, name: Buffer, options: ReadEntriesOptions): Promise<Entry | undefined> {
  try {
    const target = await realpath(pathOf(fsPath, name));
    // Before anything else is asked about it: a listing says nothing about what lies outside.
    if (options.isInside?.(target) !== true) return undefined;
    const type = typeOf(await lstat(target));
    return type === undefined ? undefined : entryOf(name, type, target);
  } catch {
    return undefined;
  }
}

async function detailsOf(fsPath: string, entry: Entry): Promise<EntryDetails | undefined> {
  try {
    // lstat: a file that was swapped for a link meanwhile must not tell about the link's target.
    const stats = await lstat(entry.linkTarget ?? pathOf(fsPath, entry.rawName ?? entry.name));
    if (typeOf(stats) !== entry.type) return undefined;
    const size = entry.type === "file" ? stats.size : 0;
    const modifiedMs = Math.min(Math.max(stats.mtimeMs, FIRST_MODIFIED_MS), LAST_MODIFIED_MS);
    return { name: entry.name, rawName: entry.rawName, type: entry.type, size, modifiedMs };
  } catch {
    return undefined;
  }
}

function typeOf(stats: Stats): Entry["type"] | undefined {
  if (stats.isDirectory()) return "directory";
  return stats.isFile() ? "file" : undefined;
}

function pathOf(fsPath: string, name: string | Buffer): string | Buffer {
  return typeof name === "string" ? `${fsPath}/${name}` : Buffer.concat([Buffer.from(`${fsPath}/`), name]);
}
