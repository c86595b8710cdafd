/** Several ranges in one response (RFC 9110 §14.6), put together while they are sent. */
import type { FileSlice } from "@tinyhttp/handler";
import { rangeOf, type Content } from "../response/content.ts";
import type { ByteRange } from "./byte-range.ts";

interface Piece {
  /** Where it begins in the body. */
  readonly start: number;
  readonly slice: FileSlice;
}

/** A `multipart/byteranges` body. Its length is known before anything is read. */
export class MultipartByteRanges implements FileSlice {
  readonly length: number;
  readonly #pieces: readonly Piece[];

  /**
   * @param boundary Text that does not occur in the content (RFC 2046 §5.1.1).
   * @param contentType What each part is.
   */
  constructor(content: Content, ranges: readonly ByteRange[], contentType: string, boundary: string) {
    const slices: FileSlice[] = [];
    for (const [index, range] of ranges.entries()) {
      const delimiter = `${index === 0 ? "" : "\r\n"}--${boundary}`;
      const fields = `Content-Type: ${contentType}\r\nContent-Range: ${formatContentRange(range, content.length)}`;
      slices.push(sliceOfText(`${delimiter}\r\n${fields}\r\n\r\n`), sliceOf(content, range));
    }
    slices.push(sliceOfText(`\r\n--${boundary}--\r\n`));
    let start = 0;
    this.#pieces = slices.map((slice) => {
      const piece = { start, slice };
      start += slice.length;
      return piece;
    });
    this.length = start;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    // Filled over the parts' ends: a delimiter of its own would be a write of its own.
    let filled = 0;
    for (let index = this.#pieceAt(position); filled < into.length; index += 1) {
      const piece = this.#pieces[index];
      if (piece === undefined) break;
      const end = piece.start + piece.slice.length;
      while (position + filled < end && filled < into.length) {
        filled += await piece.slice.read(into.subarray(filled), position + filled - piece.start);
      }
    }
    return filled;
  }

  #pieceAt(position: number): number {
    return this.#pieces.findLastIndex(({ start }) => start <= position);
  }

  close(): void {
    for (const { slice } of this.#pieces) slice.close();
  }
}

/** `bytes first-last/length` (RFC 9110 §14.4). */
export function formatContentRange(range: ByteRange, length: number): string {
  return `bytes ${range.first}-${range.last}/${length}`;
}

function sliceOf(content: Content, range: ByteRange): FileSlice {
  const body = rangeOf(content, range);
  return body instanceof Uint8Array ? sliceOfBytes(body) : body;
}

function sliceOfText(text: string): FileSlice {
  return sliceOfBytes(Buffer.from(text, "latin1"));
}

function sliceOfBytes(bytes: Uint8Array): FileSlice {
  return {
    length: bytes.length,
    read: async (into, position) => {
      const part = bytes.subarray(position, position + into.length);
      into.set(part);
      return part.length;
    },
    close: () => undefined,
  };
}
