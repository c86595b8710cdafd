import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporarySite } from "../../test/temporary-site.ts";
import { identityAt, isRecentlyChanged, isUntouched, type FileIdentity } from "./file-identity.ts";

describe("identityAt", () => {
  it("knows regular files alone", () => {
    const path = temporarySite({ a: "abc" });
    expect(identityAt(join(path, "a"))).toMatchObject({ size: 3, modifiedNs: 1_748_779_200_250_000_000n });
    mkdirSync(join(path, "d"));
    for (const name of ["d", "nothing", "a/b", "a\0"]) expect(identityAt(join(path, name))).toBeUndefined();
  });
});

describe("isUntouched", () => {
  it("notices new content, and a change of mode that makes it unreadable", () => {
    const path = join(temporarySite({ a: "abc" }), "a");
    const before = identityAt(path);
    expect(isUntouched(before, identityAt(path))).toBe(true);
    chmodSync(path, 0);
    const locked = identityAt(path);
    expect(isUntouched(before, locked)).toBe(false);
    writeFileSync(path, "abd");
    expect(isUntouched(locked, identityAt(path))).toBe(false);
  });

  it("compares absence with absence", () => {
    const identity = identityAt(join(temporarySite({ a: "" }), "a"));
    expect(isUntouched(undefined, undefined)).toBe(true);
    expect(isUntouched(identity, undefined)).toBe(false);
    expect(isUntouched(undefined, identity)).toBe(false);
  });
});

function changed(changedNs: bigint, modifiedNs: bigint = changedNs): FileIdentity {
  return { device: 1n, inode: 1n, size: 1, modifiedNs, changedNs };
}

describe("isRecentlyChanged", () => {
  it.each([
    ["fine times, just now", changed(5_000_123_456n), 5_010, true],
    ["fine times, a while ago", changed(5_000_123_456n), 5_051, false],
    ["whole seconds, just now", changed(5_000_000_000n), 6_999, true],
    ["whole seconds, a while ago", changed(5_000_000_000n), 7_000, false],
    ["an old time given to a new file", changed(5_000_123_456n, 1_000_123_456n), 5_010, true],
    ["a time in the future given to an old file", changed(1_000_123_456n, 9_000_123_456n), 5_000, false],
  ])("judges %s", (_, identity, nowMs, expected) => {
    expect(isRecentlyChanged(identity, nowMs)).toBe(expected);
  });
});
