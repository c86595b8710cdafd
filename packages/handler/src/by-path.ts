import type { Handler } from "./handler.ts";
import { HttpError } from "./http-error.ts";

// What a normalised path without a slash at its end looks like: no empty segment, no dot segment.
const PREFIX = /^(?:\/|(?:\/(?!\.{1,2}(?:\/|$))[^/\\\u0000-\u001f\u007f-\u009f]+)+)$/;

/**
 * Chooses a handler by the longest prefix of the request's path, whole segments at a time: `/api` takes `/api`
 * and `/api/users`, not `/apis`. A path that no prefix takes is a 404.
 *
 * The request is handed on as it is: a handler sees the same path as the access log and the client, so the
 * links and redirects it makes are right. What lives below `/docs` is told so by its own option.
 *
 * @param routes Normalised paths (decoded, no `/` at the end) and their handlers; `/` takes everything.
 * @throws {TypeError} A prefix is not normalised, so that no path could match it.
 */
export function byPath(routes: Readonly<Record<string, Handler>>): Handler {
  const entries = Object.entries(routes).map(([prefix, handler]) => ({ prefix: checkedPrefix(prefix), handler }));
  entries.sort((a, b) => b.prefix.length - a.prefix.length);
  return (request) => {
    const path = request.path;
    for (const { prefix, handler } of entries) if (isBelow(path, prefix)) return handler(request);
    throw new HttpError(404, "not-found", "Not found");
  };
}

function isBelow(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false;
  return path.length === prefix.length || path[prefix.length] === "/" || prefix === "/";
}

function checkedPrefix(prefix: string): string {
  if (PREFIX.test(prefix)) return prefix;
  throw new TypeError(`Cannot route by the prefix "${prefix}": expected "/" or segments such as "/docs/api"`);
}
