import type { Entry } from "./entry.ts";

// What `normalisePath` of @tinyhttp/handler refuses in a decoded path.
const REFUSED = /[\u0000-\u001f\u007f-\u009f\\]/;

/**
 * A decoded URL path, percent-encoded segment by segment (RFC 3986 §2.1). It stays absolute, so that a name such
 * as `javascript:x` is a path segment and never a scheme.
 */
export function pathHref(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/**
 * The address of an entry, or `undefined` when no request can name it: servers refuse a target whose path
 * decodes to a control character, a backslash or anything but UTF-8.
 *
 * @param parentHref The listed directory's address, from {@link pathHref}; ends with `/`.
 */
export function entryHref(parentHref: string, entry: Pick<Entry, "name" | "rawName" | "type">): string | undefined {
  if (entry.rawName !== undefined || REFUSED.test(entry.name) || !entry.name.isWellFormed()) return undefined;
  return parentHref + encodeURIComponent(entry.name) + (entry.type === "directory" ? "/" : "");
}
