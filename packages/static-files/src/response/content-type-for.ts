import { contentTypeOf, sniffContentType } from "@tinyhttp/content-type";

/**
 * The media type by the name of a file, or by its first bytes when the name says nothing. Bytes decide only between text
 * and not: content never becomes a type that a browser would run.
 */
export function contentTypeFor(path: string, firstBytes: Uint8Array): string {
  return contentTypeOf(path) ?? sniffContentType(firstBytes);
}
