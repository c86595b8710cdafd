import type { Handler } from "@tinyhttp/handler";
import { answer } from "./answer.ts";
import { resolveOptions, type StaticFilesOptions } from "./options.ts";
import { allowListedOrigin } from "./response/cors.ts";
import { Site } from "./site.ts";

/**
 * Serves a directory, or a single file, as a Handler. Nothing outside the root is opened unless `followSymlinks` is
 * set, and nothing but regular files is read.
 *
 * GET and HEAD are answered with conditions (RFC 9110 §13), ranges (§14) and content codings (§12.5.3); OPTIONS with
 * `Allow`; other methods with 405. What cannot be served, for whatever reason, is 404. A file in the cache is answered
 * without a promise, with the same frozen response each time.
 *
 * @param root Directory or file; relative to the current directory. It may be, or lie below, a symlink that is turned
 *   while serving.
 * @throws {StaticFilesError} `root-not-found` or `root-not-readable`, at once. A root that vanishes later is 503 until
 *   it is back.
 * @throws {TypeError | RangeError} An option that cannot be used.
 */
export function staticFiles(root: string, options: StaticFilesOptions = {}): Handler {
  const site = new Site(root, resolveOptions(options));
  const { cors } = site.options;
  if (typeof cors !== "object") return (request) => answer(site, request);
  return (request) => {
    const response = answer(site, request);
    if (response instanceof Promise) return response.then((settled) => allowListedOrigin(settled, request, cors));
    return allowListedOrigin(response, request, cors);
  };
}
