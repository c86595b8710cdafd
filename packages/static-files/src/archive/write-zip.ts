/** Files as a ZIP archive, made while it is read: one file is open, and one piece of it in memory. */
import { crc32 } from "node:zlib";
import type { OpenFile } from "../lookup/open-file.ts";
import { centralHeader, dataDescriptor, endRecords, localHeader, type ZipEntry } from "./zip-records.ts";

/** What goes into an archive. A file belongs to the archive from the moment that it is given. */
export interface ArchiveItem {
  /** As in {@link ZipEntry}. */
  readonly path: string;
  readonly modifiedMs: number;
  /** `undefined` for a directory. */
  readonly file: OpenFile | undefined;
}

// A read from the page cache takes 40 µs for this much, the checksum as long.
const PIECE_BYTES = 128 * 1024;

/** Central records wait for the end in pieces of this many. */
const RECORDS_PER_PIECE = 256;

/**
 * The bytes of the archive.
 *
 * @throws {StaticFilesError} `file-changed`, in the middle: what was sent until then is not an archive, and does not
 *   look like a whole one.
 */
export async function* writeZip(items: AsyncIterable<ArchiveItem>): AsyncGenerator<Uint8Array, void, undefined> {
  const records: Buffer[] = [];
  let offset = 0;
  for await (const { path, modifiedMs, file } of items) {
    const size = file?.length ?? 0;
    const entry: ZipEntry = { path: Buffer.from(path), size, modifiedMs, isDirectory: file === undefined };
    const header = localHeader(entry);
    let checksum = 0;
    try {
      yield header;
      for (let position = 0; position < size;) {
        // New for each piece: the receiver may still hold the one before.
        const piece = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, size - position));
        const bytes = piece.subarray(0, await file?.read(piece, position));
        checksum = crc32(bytes, checksum);
        position += bytes.length;
        yield bytes;
      }
    } finally {
      file?.close();
    }
    records.push(centralHeader({ ...entry, crc32: checksum, offset }));
    offset += header.length + size;
    if (file === undefined) continue;
    const descriptor = dataDescriptor(checksum, size);
    offset += descriptor.length;
    yield descriptor;
  }
  let size = 0;
  for (let start = 0; start < records.length; start += RECORDS_PER_PIECE) {
    const piece = Buffer.concat(records.slice(start, start + RECORDS_PER_PIECE));
    size += piece.length;
    yield piece;
  }
  yield endRecords(records.length, offset, size);
}
