/**
 * A directory as an answer. Reading, sorting and writing are files of their own; here they are put in order, and
 * the directory is given back on every way out.
 */
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { findReadme } from "../readme/find-readme.ts";
import type { Entry, EntryDetails } from "./entry.ts";
import type { ListingFormat, Readme } from "./listing-format.ts";
import { HeldEntries, TooManyEntries } from "./held-entries.ts";
import { ListingJson } from "./listing-json.ts";
import { ListingPage } from "./listing-page.ts";
import { nameFilter, parseListingQuery, type ListingQuery, type SortOrder } from "./listing-query.ts";
import { negotiateFormat } from "./negotiate-format.ts";
import type { OpenDirectory } from "./open-directory.ts";
import { pause } from "./pause.ts";
import { readDetails, readEntries, type ReadEntriesOptions } from "./read-entries.ts";
import { byDetails, byName, sortInSlices } from "./sort-entries.ts";

export interface ListingOptions extends ReadEntriesOptions {
  /** Where the handler is mounted: empty, or a decoded path that begins with `/` and does not end with it. */
  readonly basePath: string;
  /** Whether a page offers the directory as an archive. */
  readonly hasArchive: boolean;
  /** As in `ListingPageOptions`. */
  readonly readsFromTop: boolean;
  /** As in `Principal`. */
  readonly signOutPath?: string | undefined;
  /** Reads what a page shows below the entries. */
  readonly readReadme: (entry: Entry) => Promise<Readme | undefined>;
}

// Entries per piece of the body: about 30 KiB of HTML. The number of columns that the page's grid has divides it.
const PIECE = 120;

const NOTHING = new Uint8Array(0);

/**
 * Answers with the entries of a directory, as HTML or JSON by `Accept`; ordered by `?sort=` and `?order=`, and only
 * those whose name has the words of `?q=`.
 *
 * It answers once the names are read; they are sorted, and sizes and times read, while the body is sent. The
 * directory is closed when the body ends, when its `return` is called, and before a HEAD is answered.
 *
 * @returns `busy` when listings hold as many entries as they may together.
 * @throws The file system's error when the directory cannot be read; the reason of `request.signal` once the
 *   client has gone.
 */
export async function listDirectory(
  directory: OpenDirectory,
  request: HttpRequest,
  options: ListingOptions,
): Promise<HttpResponse | "busy"> {
  const query = parseListingQuery(request.query);
  const isPage = negotiateFormat(request.headers.get("accept")) === "html";
  const format = isPage
    ? new ListingPage({ location: { ...options, path: directory.path }, query, ...options })
    : new ListingJson(options.basePath + directory.path);
  const body = writeListing(directory, options, query, format, request);
  // The first piece is empty. It is taken here so that a directory that cannot be read still gets its status, and
  // so that the generator has begun: `return` runs the `finally` only of one that has.
  try {
    await body.next();
  } catch (error) {
    if (error instanceof TooManyEntries) return "busy";
    throw error;
  }
  if (request.method === "HEAD") await body.return(undefined);
  return { status: 200, headers: format.headers, body };
}

async function* writeListing(
  directory: OpenDirectory,
  options: ListingOptions,
  query: ListingQuery,
  format: ListingFormat,
  { signal }: HttpRequest,
): AsyncGenerator<Uint8Array, void, undefined> {
  const held = new HeldEntries();
  try {
    const onCount = (count: number): void => held.growTo(count);
    const found = await readEntries(directory.fsPath, { ...options, onCount }, signal);
    yield NOTHING;
    yield Buffer.from(format.begin());
    const readme = format instanceof ListingPage ? findReadme(found.entries) : undefined;
    const entries = await matching(found.entries, query.filter, signal);
    for await (const details of orderedDetails(directory.fsPath, entries, query.order, signal)) {
      if (details.length > 0) yield Buffer.from(format.entries(details));
    }
    yield Buffer.from(format.end(found.truncated, readme && (await options.readReadme(readme))));
  } finally {
    held.release();
    directory.close?.();
  }
}

async function matching(entries: Entry[], filter: string, signal: AbortSignal): Promise<Entry[]> {
  if (filter === "") return entries;
  const matches = nameFilter(filter);
  const found: Entry[] = [];
  for await (const piece of inPieces(entries, signal)) found.push(...piece.filter(({ name }) => matches(name)));
  return found;
}

/** The entries in order, in pieces. Ordered by name, only one piece's sizes and times are in memory at a time. */
async function* orderedDetails(
  fsPath: string,
  entries: Entry[],
  order: SortOrder,
  signal: AbortSignal,
): AsyncGenerator<EntryDetails[], void, undefined> {
  if (order.key === "name") {
    for await (const piece of inPieces(await sortInSlices(entries, byName(order), signal), signal)) {
      yield await readDetails(fsPath, piece);
    }
    return;
  }
  const details: EntryDetails[] = [];
  for await (const piece of inPieces(entries, signal)) details.push(...(await readDetails(fsPath, piece)));
  yield* inPieces(await sortInSlices(details, byDetails(order), signal), signal);
}

async function* inPieces<T>(items: T[], signal: AbortSignal): AsyncGenerator<T[], void, undefined> {
  for (let start = 0; start < items.length; start += PIECE) {
    yield items.slice(start, start + PIECE);
    await pause(signal);
  }
}
