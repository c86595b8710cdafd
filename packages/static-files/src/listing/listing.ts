/**
 * A directory as an answer. Reading, sorting and writing are files of their own; here they are put in order, and
 * the directory is given back on every way out.
 */
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import type { Entry, EntryDetails } from "./entry.ts";
import type { ListingFormat } from "./listing-format.ts";
import { ListingJson } from "./listing-json.ts";
import { ListingPage } from "./listing-page.ts";
import { negotiateFormat } from "./negotiate-format.ts";
import type { OpenDirectory } from "./open-directory.ts";
import { pause } from "./pause.ts";
import { readDetails, readEntries, type ReadEntriesOptions } from "./read-entries.ts";
import { parseSortOrder, type SortOrder } from "./sort-order.ts";
import { byDetails, byName, sortInSlices } from "./sort-entries.ts";

export interface ListingOptions extends ReadEntriesOptions {
  /** Where the handler is mounted: empty, or a decoded path that begins with `/` and does not end with it. */
  readonly basePath: string;
}

// Entries per piece of the body: about 30 KiB of HTML.
const PIECE = 128;

const NOTHING = new Uint8Array(0);

/**
 * Answers with the entries of a directory, as HTML or JSON by `Accept`, ordered by `?sort=` and `?order=`.
 *
 * It answers once the names are read; they are sorted, and sizes and times read, while the body is sent. The
 * directory is closed when the body ends, when its `return` is called, and before a HEAD is answered.
 *
 * @throws The file system's error when the directory cannot be read; the reason of `request.signal` once the
 *   client has gone.
 */
export async function listDirectory(
  directory: OpenDirectory,
  request: HttpRequest,
  options: ListingOptions,
): Promise<HttpResponse> {
  const order = parseSortOrder(request.query);
  const format = formatFor(directory, request, options, order);
  const body = writeListing(directory, options, order, format, request.signal);
  // The first piece is empty. It is taken here so that a directory that cannot be read still gets its status, and
  // so that the generator has begun: `return` runs the `finally` only of one that has.
  await body.next();
  if (request.method === "HEAD") await body.return(undefined);
  return { status: 200, headers: format.headers, body };
}

function formatFor(
  directory: OpenDirectory,
  request: HttpRequest,
  options: ListingOptions,
  order: SortOrder,
): ListingFormat {
  if (negotiateFormat(request.headers.get("accept")) === "json") {
    return new ListingJson(options.basePath + directory.path);
  }
  return new ListingPage({ basePath: options.basePath, path: directory.path }, order);
}

async function* writeListing(
  directory: OpenDirectory,
  options: ListingOptions,
  order: SortOrder,
  format: ListingFormat,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const { entries, truncated } = await readEntries(directory.fsPath, options, signal);
    yield NOTHING;
    yield Buffer.from(format.begin());
    for await (const details of orderedDetails(directory.fsPath, entries, order, signal)) {
      if (details.length > 0) yield Buffer.from(format.entries(details));
    }
    yield Buffer.from(format.end(truncated));
  } finally {
    directory.close?.();
  }
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
