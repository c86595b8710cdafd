/**
 * The records of a ZIP archive as bytes, by PKWARE's APPNOTE 6.3.10 (§ below). Entries are stored, not compressed; a
 * file's checksum is known only once it has been sent, so it follows in a data descriptor (§4.3.9). Sizes and places
 * beyond 32 bits go into ZIP64 fields (§4.5.3), there and nowhere else, so that small archives open everywhere.
 */
export interface ZipEntry {
  /** Path in the archive, with `/` between its parts and at the end of a directory's. */
  readonly path: Buffer;
  /** Bytes; 0 for a directory. */
  readonly size: number;
  readonly modifiedMs: number;
  readonly isDirectory: boolean;
}

/** An entry that was written. */
export interface WrittenEntry extends ZipEntry {
  readonly crc32: number;
  /** Of its local header, from the start of the archive. */
  readonly offset: number;
}

const MAX_32 = 0xffff_ffff;
const MAX_16 = 0xffff;

// §4.4.4: bit 3, a data descriptor follows; bit 11, the name is UTF-8.
const DESCRIPTOR_FLAG = 0x0008;
const UTF8_FLAG = 0x0800;
// §4.4.2, §4.4.3: made on Unix (3) by 4.5; 2.0 is needed for directories, 4.5 for ZIP64.
const MADE_BY = 0x032d;
const NEEDS_DIRECTORIES = 20;
const NEEDS_ZIP64 = 45;
// §4.4.15, as Unix has it in the upper half: rw-r--r-- and rwxr-xr-x, whatever they are here.
const FILE_ATTRIBUTES = 0o100_644 * 0x1_0000;
const DIRECTORY_ATTRIBUTES = 0o040_755 * 0x1_0000 + 0x10;

/** What stands before an entry's bytes (§4.3.7). */
export function localHeader(entry: ZipEntry): Buffer {
  const isLarge = entry.size >= MAX_32;
  const extra = Buffer.concat([...(isLarge ? [zip64Field([entry.size, entry.size])] : []), timeField(entry)]);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, 4, entry, isLarge);
  // With a descriptor, checksum and sizes are 0 here (§4.4.4), and those of ZIP64 stand in the extra field.
  if (isLarge) header.fill(0xff, 18, 26);
  header.writeUInt16LE(entry.path.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, entry.path, extra]);
}

/** What stands behind the bytes of a file (§4.3.9); a directory has none. */
export function dataDescriptor(crc32: number, size: number): Buffer {
  const isLarge = size >= MAX_32;
  const descriptor = Buffer.alloc(isLarge ? 24 : 16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc32, 4);
  if (isLarge) {
    descriptor.writeBigUInt64LE(BigInt(size), 8);
    descriptor.writeBigUInt64LE(BigInt(size), 16);
  } else {
    descriptor.writeUInt32LE(size, 8);
    descriptor.writeUInt32LE(size, 12);
  }
  return descriptor;
}

/** An entry's record in the central directory (§4.3.12). */
export function centralHeader(entry: WrittenEntry): Buffer {
  const isLarge = entry.size >= MAX_32;
  const isFar = entry.offset >= MAX_32;
  const large = [...(isLarge ? [entry.size, entry.size] : []), ...(isFar ? [entry.offset] : [])];
  const extra = Buffer.concat([...(large.length > 0 ? [zip64Field(large)] : []), timeField(entry)]);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(MADE_BY, 4);
  writeCommon(header, 6, entry, large.length > 0);
  header.writeUInt32LE(entry.crc32, 16);
  header.writeUInt32LE(Math.min(entry.size, MAX_32), 20);
  header.writeUInt32LE(Math.min(entry.size, MAX_32), 24);
  header.writeUInt16LE(entry.path.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(entry.isDirectory ? DIRECTORY_ATTRIBUTES : FILE_ATTRIBUTES, 38);
  header.writeUInt32LE(Math.min(entry.offset, MAX_32), 42);
  return Buffer.concat([header, entry.path, extra]);
}

/**
 * What ends an archive (§4.3.14 to §4.3.16).
 *
 * @param count Entries in the central directory, which begins at `offset` and is `size` bytes long.
 */
export function endRecords(count: number, offset: number, size: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, MAX_16), 8);
  end.writeUInt16LE(Math.min(count, MAX_16), 10);
  end.writeUInt32LE(Math.min(size, MAX_32), 12);
  end.writeUInt32LE(Math.min(offset, MAX_32), 16);
  const fits = count < MAX_16 && size < MAX_32 && offset < MAX_32;
  return fits ? end : Buffer.concat([zip64End(count, offset, size), end]);
}

function zip64End(count: number, offset: number, size: number): Buffer {
  const records = Buffer.alloc(76);
  records.writeUInt32LE(0x06064b50, 0);
  records.writeBigUInt64LE(44n, 4);
  records.writeUInt16LE(MADE_BY, 12);
  records.writeUInt16LE(NEEDS_ZIP64, 14);
  records.writeBigUInt64LE(BigInt(count), 24);
  records.writeBigUInt64LE(BigInt(count), 32);
  records.writeBigUInt64LE(BigInt(size), 40);
  records.writeBigUInt64LE(BigInt(offset), 48);
  records.writeUInt32LE(0x07064b50, 56);
  records.writeBigUInt64LE(BigInt(offset + size), 64);
  records.writeUInt32LE(1, 72);
  return records;
}

/** Version, flags, method (0: stored) and DOS time: the same in both headers of an entry. */
function writeCommon(header: Buffer, at: number, entry: ZipEntry, isZip64: boolean): void {
  header.writeUInt16LE(isZip64 ? NEEDS_ZIP64 : NEEDS_DIRECTORIES, at);
  header.writeUInt16LE(UTF8_FLAG | (entry.isDirectory ? 0 : DESCRIPTOR_FLAG), at + 2);
  const { time, day } = dosTime(entry.modifiedMs);
  header.writeUInt16LE(time, at + 6);
  header.writeUInt16LE(day, at + 8);
}

// 0x5455, extended timestamp: seconds in UTC, where DOS times have no zone. Programs that know it prefer it.
function timeField({ modifiedMs }: ZipEntry): Buffer {
  const seconds = Math.floor(modifiedMs / 1000);
  if (seconds < 0 || seconds > 0x7fff_ffff) return Buffer.alloc(0);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(5, 2);
  field.writeUInt8(1, 4);
  field.writeUInt32LE(seconds, 5);
  return field;
}

function zip64Field(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return field;
}

// §4.4.6: two seconds' steps from 1980 to 2107. In UTC: where a server stands is nobody's business.
function dosTime(modifiedMs: number): { time: number; day: number } {
  const date = new Date(Math.min(Math.max(modifiedMs, Date.UTC(1980, 0, 1)), Date.UTC(2107, 11, 31, 23, 59, 58)));
  return {
    time: (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1),
    day: ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate(),
  };
}
