import { describe, expect, it } from "vitest";
import { addKey, revokeKey, rotateKey } from "./key-changes.ts";
import { isLive, type KeyRecord, keyState } from "./key-record.ts";

function record(id: string, times: Partial<KeyRecord> = {}): KeyRecord {
  const rights = { holder: "ann", description: "", scopes: ["read"], prefixes: ["/"] } as const;
  return { id, digest: "", created: 1000, ...rights, ...times };
}

describe("keyState", () => {
  it.each([
    ["pending", 99, {}],
    ["active", 100, {}],
    ["active", 199, {}],
    ["expired", 200, {}],
    ["revoked", 150, { revoked: 150 }],
    ["revoked", 250, { revoked: 150 }],
  ])("is %s at %d", (state, now, times) => {
    expect(keyState(record("a", { notBefore: 100, expires: 200, ...times }), now)).toBe(state);
  });
});

describe("addKey", () => {
  it("takes two live keys of a holder, and no third", () => {
    const two = addKey([record("a")], record("b"));
    expect(two).toHaveLength(2);
    expect(() => addKey(two, record("c"))).toThrow(expect.objectContaining({ code: "too-many-live-keys" }));
    expect(addKey(two, record("c", { holder: "bob" }))).toHaveLength(3);
  });

  it("does not count keys that have ended, and counts those that are yet to begin", () => {
    const ended = [record("a", { revoked: 900 }), record("b", { expires: 1000 })];
    expect(addKey([...ended, record("c")], record("d"))).toHaveLength(4);
    const pending = record("e", { notBefore: 9000 });
    expect(() => addKey([record("c"), pending], record("d"))).toThrow(/still live/);
  });

  it.each([
    ["before it is made", { expires: 1000 }],
    ["before it works", { notBefore: 3000, expires: 2000 }],
  ])("makes no key that ends %s", (_, times) => {
    expect(() => addKey([], record("a", times))).toThrow(expect.objectContaining({ code: "bad-time" }));
  });
});

describe("rotateKey", () => {
  it("ends the old key after the overlap, or earlier if it would have ended earlier", () => {
    expect(rotateKey([record("a")], "a", record("b"), 5000)[0]).toMatchObject({ id: "a", superseded: 5000 });
    const [old] = rotateKey([record("a", { expires: 2000 })], "a", record("b"), 5000);
    expect(old).toMatchObject({ expires: 2000, superseded: 5000 });
    expect([1999, 2000].map((now) => isLive(old as KeyRecord, now))).toEqual([true, false]);
    const [again] = rotateKey([record("a", { superseded: 1500 })], "a", record("b"), 5000);
    expect(again).toMatchObject({ superseded: 1500 });
  });

  it("replaces no key that has ended, and none that is not there", () => {
    expect(() => rotateKey([record("a", { revoked: 1 })], "a", record("b"), 5000)).toThrow(/works no more/);
    expect(() => rotateKey([], "a", record("b"), 5000)).toThrow(expect.objectContaining({ code: "unknown-key" }));
  });
});

describe("revokeKey", () => {
  it("ends one key, once", () => {
    const revoked = revokeKey([record("a"), record("b")], "a", 1500);
    expect(revoked.map((key) => isLive(key, 1500))).toEqual([false, true]);
    expect(revokeKey(revoked, "a", 9999)[0]).toMatchObject({ revoked: 1500 });
    expect(() => revokeKey([], "a", 1)).toThrow(expect.objectContaining({ code: "unknown-key" }));
  });
});
