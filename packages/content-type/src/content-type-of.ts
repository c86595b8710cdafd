import standardTypes from "mime/types/standard.js";

import { AMBIGUOUS_EXTENSIONS, EXTENSION_TYPES } from "./extension-types.ts";

// At least one character before the dot: a dotfile such as `.profile` has no extension.
const EXTENSION = /[^/\\]\.([^./\\]+)$/;

/**
 * The `Content-Type` field value for a file name or path; `undefined` when its extension is unknown, missing or
 * shared by two formats (`.ts`): then `sniffContentType` can tell.
 *
 * Every `text/*` type says `charset=utf-8`, since its default without one is up to the reader (RFC 6657 §3).
 * Nothing else says it: JSON has no such parameter (RFC 8259 §11), and for XML, SVG included, it would overrule the
 * encoding that the document declares (RFC 7303 §3). The extension compares without case; only the last one counts,
 * so `site.tar.gz` is gzip.
 */
export function contentTypeOf(path: string): string | undefined {
  const extension = EXTENSION.exec(path)?.[1]?.toLowerCase();
  if (extension === undefined || AMBIGUOUS_EXTENSIONS.has(extension)) return undefined;
  const mediaType = EXTENSION_TYPES.get(extension) ?? standardType(extension);
  if (mediaType === undefined) return undefined;
  return mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : mediaType;
}

// What `mime/lite` answers. Its class would take 2 ms of a server's start to fill both ways; this takes 0.1, later.
let standard: ReadonlyMap<string, string> | undefined;

function standardType(extension: string): string | undefined {
  standard ??= new Map(
    Object.entries(standardTypes).flatMap(([mediaType, extensions]) =>
      // An asterisk marks an extension that belongs to another type first.
      extensions.filter((name) => !name.startsWith("*")).map((name) => [name, mediaType] as const),
    ),
  );
  return standard.get(extension);
}
