/** Where the bytes of a representation are: in memory, or in an open file. */
import type { FileSlice } from "@tinyhttp/handler";
import { OpenFile } from "../lookup/open-file.ts";
import type { ByteRange } from "../ranges/byte-range.ts";

export type Content = Uint8Array | OpenFile;

/** All of it as a response body. */
export function wholeOf(content: Content): Uint8Array | FileSlice {
  return content instanceof OpenFile ? content.slice({ first: 0, last: content.length - 1 }) : content;
}

/** A part of it as a response body. */
export function rangeOf(content: Content, range: ByteRange): Uint8Array | FileSlice {
  return content instanceof OpenFile ? content.slice(range) : content.subarray(range.first, range.last + 1);
}

/** Gives back what a response that needs no bytes would leave open. */
export function release(content: Content): void {
  if (content instanceof OpenFile) content.close();
}
