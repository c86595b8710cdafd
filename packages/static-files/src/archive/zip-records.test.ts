import { describe, expect, it } from "vitest";
import { centralHeader, dataDescriptor, endRecords, localHeader } from "./zip-records.ts";

const ENTRY = {
  path: Buffer.from("d/ü.txt"),
  size: 5,
  modifiedMs: Date.parse("2026-11-21T02:25:31Z"),
  isDirectory: false,
};
const FIVE_GIB = 5 * 2 ** 30;

describe("localHeader", () => {
  it("names a file in UTF-8, stored, with a descriptor to follow (APPNOTE §4.3.7)", () => {
    const header = localHeader(ENTRY);
    expect(header.readUInt16LE(4)).toBe(20);
    expect(header.readUInt16LE(6)).toBe(0x0808);
    expect(header.readUInt16LE(8)).toBe(0);
    expect([header.readUInt32LE(14), header.readUInt32LE(18), header.readUInt32LE(22)]).toEqual([0, 0, 0]);
    expect(header.subarray(30, 38).toString()).toBe("d/ü.txt");
  });

  it("keeps the time to two seconds for all, and to one in UTC for who can read it", () => {
    const header = localHeader(ENTRY);
    const [time, day] = [header.readUInt16LE(10), header.readUInt16LE(12)];
    expect([time >> 11, (time >> 5) & 63, (time & 31) * 2]).toEqual([2, 25, 30]);
    expect([(day >> 9) + 1980, (day >> 5) & 15, day & 31]).toEqual([2026, 11, 21]);
    expect(header.readUInt16LE(38)).toBe(0x5455);
    expect(header.readUInt32LE(43)).toBe(ENTRY.modifiedMs / 1000);
  });

  it.each([
    ["1901-01-01T00:00:00Z", 1980],
    ["2300-01-01T00:00:00Z", 2107],
  ])("moves the time %s to the nearest that there is", (modified, year) => {
    const header = localHeader({ ...ENTRY, modifiedMs: Date.parse(modified) });
    expect((header.readUInt16LE(12) >> 9) + 1980).toBe(year);
    expect(header.length).toBe(38);
  });

  it("gives a file beyond 32 bits its size in the ZIP64 field (§4.5.3)", () => {
    const header = localHeader({ ...ENTRY, size: FIVE_GIB });
    expect(header.readUInt16LE(4)).toBe(45);
    expect([header.readUInt32LE(18), header.readUInt32LE(22)]).toEqual([0xffff_ffff, 0xffff_ffff]);
    expect([header.readUInt16LE(38), header.readUInt16LE(40)]).toEqual([1, 16]);
    expect([header.readBigUInt64LE(42), header.readBigUInt64LE(50)]).toEqual([BigInt(FIVE_GIB), BigInt(FIVE_GIB)]);
  });
});

describe("dataDescriptor", () => {
  it("has sizes of 4 bytes, or of 8 where the entry has a ZIP64 field (§4.3.9.2)", () => {
    expect(dataDescriptor(1, 5)).toHaveLength(16);
    expect(dataDescriptor(1, FIVE_GIB).readBigUInt64LE(16)).toBe(BigInt(FIVE_GIB));
  });
});

describe("centralHeader", () => {
  it.each([
    [5, 10, []],
    [FIVE_GIB, 10, [BigInt(FIVE_GIB), BigInt(FIVE_GIB)]],
    [5, FIVE_GIB, [BigInt(FIVE_GIB)]],
    [0xffff_ffff, 0xffff_ffff, [0xffff_ffffn, 0xffff_ffffn, 0xffff_ffffn]],
  ])("writes size %d at %d with the ZIP64 fields that they need, and no others", (size, offset, large) => {
    const header = centralHeader({ ...ENTRY, size, crc32: 7, offset });
    expect(header.readUInt32LE(24)).toBe(Math.min(size, 0xffff_ffff));
    expect(header.readUInt32LE(42)).toBe(Math.min(offset, 0xffff_ffff));
    const extra = header.subarray(46 + ENTRY.path.length);
    const found = extra.readUInt16LE(0) === 1 ? large.map((_, index) => extra.readBigUInt64LE(4 + 8 * index)) : [];
    expect(found).toEqual(large);
    expect(extra).toHaveLength(9 + (large.length > 0 ? 4 + 8 * large.length : 0));
  });

  it("tells directories from files as Unix and DOS do", () => {
    expect((attributes(false) >>> 16).toString(8)).toBe("100644");
    expect((attributes(true) >>> 16).toString(8)).toBe("40755");
    expect(attributes(true) & 0x10).toBe(0x10);
  });
});

function attributes(isDirectory: boolean): number {
  return centralHeader({ ...ENTRY, isDirectory, crc32: 0, offset: 0 }).readUInt32LE(38);
}

describe("endRecords", () => {
  it.each([
    [65_534, 100, 100, 22],
    [65_535, 100, 100, 98],
    [1, 0xffff_ffff, 100, 98],
    [1, 100, 0xffff_ffff, 98],
  ])("ends %d entries at %d of %d bytes with %d bytes", (count, offset, size, length) => {
    expect(endRecords(count, offset, size)).toHaveLength(length);
  });
});
