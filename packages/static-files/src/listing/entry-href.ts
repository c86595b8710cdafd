/** Addresses of entries, relative to the listing: they stay right behind a proxy that cuts a prefix off. */
import type { Entry } from "./entry.ts";

// What `normalisePath` of @tinyhttp/handler refuses in a decoded path.
const REFUSED = /[\u0000-\u001f\u007f-\u009f\\]/;

type NamedEntry = Pick<Entry, "name" | "rawName" | "type">;

/** Whether a request's path can name an entry: it decodes to no control character, no backslash, and to UTF-8. */
export function isNameable({ name, rawName }: Pick<Entry, "name" | "rawName">): boolean {
  return rawName === undefined && !REFUSED.test(name) && name.isWellFormed();
}

/**
 * The address of an entry, or `undefined` when it has none. Every character but the unreserved ones is encoded, so
 * that a name such as `javascript:x` is a path segment and never a scheme.
 *
 * A file that no path can name is asked for by its directory, as `?file=` with its bytes; a directory of this kind has
 * no address, as nothing in it could have one.
 */
export function entryHref(entry: NamedEntry): string | undefined {
  if (isNameable(entry)) return encodeURIComponent(entry.name) + (entry.type === "directory" ? "/" : "");
  if (entry.type === "directory" || !entry.name.isWellFormed()) return undefined;
  return `?file=${encodeBytes(entry.rawName ?? Buffer.from(entry.name))}`;
}

/**
 * The name that `?file=` stands for, as bytes. `undefined` where the query has none, or one that a path can name: each
 * file has one address, and what a path can name is asked for by that path, which policies decide on.
 */
export function unnameableFile(query: string): Buffer | undefined {
  const encoded = /(?:^|&)file=([^&]*)/.exec(query)?.[1];
  if (encoded === undefined) return undefined;
  const bytes = decodeBytes(encoded);
  if (bytes.length === 0 || bytes.includes(0x2f) || bytes.includes(0)) return undefined;
  const name = bytes.toString();
  const isText = Buffer.from(name).equals(bytes);
  return isNameable({ name, rawName: isText ? undefined : bytes }) ? undefined : bytes;
}

function encodeBytes(bytes: Buffer): string {
  let text = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    text += /[\w.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}

function decodeBytes(encoded: string): Buffer {
  const latin1 = encoded.replace(/%([\dA-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(latin1, "latin1");
}
