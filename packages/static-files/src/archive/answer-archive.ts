/** A directory as an archive that is made while it is sent. */
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { contentDisposition } from "../response/content-disposition.ts";
import type { OpenDirectory } from "../listing/open-directory.ts";
import { walkDirectory, type WalkOptions } from "./walk-directory.ts";
import { writeZip } from "./write-zip.ts";

// Of all sites of a thread. One costs no more than a download does, but goes on until a whole tree was read.
const MAX_ARCHIVES = 4;

const NOTHING = new Uint8Array(0);

let underWay = 0;

/** Whether a query asks for the archive of a directory. */
export function asksForArchive(query: string): boolean {
  return new URLSearchParams(query).has("zip");
}

/**
 * Answers with an archive of a directory, which is closed when the body ends or its `return` is called. `busy` when
 * as many are under way as may be.
 *
 * @throws The file system's error when the directory cannot be read.
 */
export async function archiveDirectory(
  directory: OpenDirectory,
  request: HttpRequest,
  options: WalkOptions,
): Promise<HttpResponse | "busy"> {
  const headers = {
    "Content-Type": "application/zip",
    "Content-Disposition": contentDisposition("attachment", `${options.name}.zip`),
    "Cache-Control": "no-cache",
    // It is another archive each time.
    "Accept-Ranges": "none",
  };
  if (request.method === "HEAD" || underWay >= MAX_ARCHIVES) {
    directory.close?.();
    return request.method === "HEAD" ? { status: 200, headers } : "busy";
  }
  const body = writeArchive(directory, options, request.signal);
  // As in a listing: a directory that cannot be read still gets its status, and the generator has begun.
  await body.next();
  return { status: 200, headers, body };
}

async function* writeArchive(
  directory: OpenDirectory,
  options: WalkOptions,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  underWay += 1;
  try {
    const archive = writeZip(walkDirectory(directory, options, signal));
    const first = await archive.next();
    yield NOTHING;
    if (first.done === true) return;
    yield first.value;
    yield* archive;
  } finally {
    underWay -= 1;
    directory.close?.();
  }
}
