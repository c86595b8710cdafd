import { contentTypeOf, sniffContentType, SNIFFED_BYTES } from "@tinyhttp/content-type";
import type { OpenFile } from "../lookup/open-file.ts";

/**
 * The media type by the name of a file, or by its first bytes when the name says nothing. Bytes decide only between
 * text and not: content never becomes a type that a browser would run.
 */
export function contentTypeFor(path: string, bytes: Uint8Array): string {
  return contentTypeOf(path) ?? sniffContentType(bytes);
}

/** As {@link contentTypeFor}, reading from the file only what is needed for it. */
export async function contentTypeForFile(path: string, file: OpenFile): Promise<string> {
  return contentTypeOf(path) ?? sniffContentType(await readFront(file));
}

async function readFront(file: OpenFile): Promise<Uint8Array> {
  const front = new Uint8Array(Math.min(SNIFFED_BYTES, file.length));
  return front.length === 0 ? front : front.subarray(0, await file.read(front, 0));
}
