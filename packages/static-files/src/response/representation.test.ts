import { describe, expect, it } from "vitest";
import type { FileIdentity } from "../lookup/file-identity.ts";
import { entityTagOfBytes, entityTagOfFile, lastModifiedOf } from "./representation.ts";

const FILE: FileIdentity = { device: 1n, inode: 2n, size: 3, modifiedNs: 5_123_456_789n, changedNs: 5_123_456_789n };

describe("entityTagOfBytes", () => {
  it("is strong, the same for the same bytes, and different for each coding", () => {
    const bytes = Buffer.from("a");
    expect(entityTagOfBytes(bytes, undefined)).toEqual({ weak: false, opaque: "ypeBEsobvcr6wjGzmiPcTa" });
    expect(entityTagOfBytes(Buffer.from("a"), undefined)).toEqual(entityTagOfBytes(bytes, undefined));
    expect(entityTagOfBytes(bytes, "br").opaque).toBe("ypeBEsobvcr6wjGzmiPcTa-br");
    expect(entityTagOfBytes(Buffer.from("b"), undefined).opaque).not.toBe("ypeBEsobvcr6wjGzmiPcTa");
  });
});

describe("entityTagOfFile", () => {
  it("changes with the file's times, size and identity", () => {
    const tags = [
      FILE,
      { ...FILE, size: 4 },
      { ...FILE, inode: 3n },
      { ...FILE, modifiedNs: FILE.modifiedNs + 1n },
      { ...FILE, changedNs: FILE.changedNs + 1n },
    ].map((file) => entityTagOfFile(file, undefined, 9000).opaque);
    expect(new Set(tags).size).toBe(5);
  });

  it("is weak, and another, while the file may still change unseen (RFC 9110 §8.8.1)", () => {
    const settled = entityTagOfFile(FILE, "gzip", 9000);
    const fresh = entityTagOfFile(FILE, "gzip", 5130);
    expect(settled.weak).toBe(false);
    expect(fresh.weak).toBe(true);
    expect(fresh.opaque).not.toBe(settled.opaque);
    expect(settled.opaque).toMatch(/-gzip$/);
  });
});

describe("lastModifiedOf", () => {
  it("has whole seconds and never lies ahead (RFC 9110 §8.8.2.1)", () => {
    expect(lastModifiedOf(FILE, 9000)).toBe(5000);
    expect(lastModifiedOf(FILE, 4321)).toBe(4000);
  });
});
