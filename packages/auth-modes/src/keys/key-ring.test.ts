import * as crypto from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { Secret } from "../secrets/secret.ts";
import { keyDigest } from "./key-digest.ts";
import type { KeyRecord } from "./key-record.ts";
import { KeySet } from "./key-ring.ts";
import { randomKey } from "./key-text.ts";

vi.mock("node:crypto", { spy: true });

const PEPPER = new Secret("pepper");
const RIGHT = randomKey("AAAAAAAA");

function keySet(times: Partial<KeyRecord> = {}, pepper: Secret = PEPPER): KeySet {
  const digest = keyDigest(PEPPER, RIGHT).toString("base64url");
  const rights = { holder: "ann", description: "", scopes: ["read"], prefixes: ["/"], created: 0 } as const;
  return new KeySet([{ id: "AAAAAAAA", digest, ...rights, ...times }], pepper);
}

describe("verify", () => {
  it.each([
    ["the right key", {}, { ok: true }],
    ["a revoked key", { revoked: 50 }, { ok: false, reason: "revoked", id: "AAAAAAAA" }],
    ["an expired key", { expires: 100 }, { ok: false, reason: "expired", id: "AAAAAAAA" }],
    ["a key of tomorrow", { notBefore: 101 }, { ok: false, reason: "pending", id: "AAAAAAAA" }],
  ])("knows %s", (_, times, verdict) => {
    expect(keySet(times).verify(RIGHT, 100)).toMatchObject(verdict);
  });

  it("looks at the clock for a key that it remembers", () => {
    const keys = keySet({ expires: 100 });
    expect(keys.verify(RIGHT, 99)).toMatchObject({ ok: true });
    expect(keys.verify(RIGHT, 100)).toMatchObject({ ok: false, reason: "expired" });
  });

  it("takes no key under another pepper", () => {
    expect(keySet({}, new Secret("salt")).verify(RIGHT, 1)).toEqual({ ok: false, reason: "unknown", id: "AAAAAAAA" });
  });

  it.each([
    ["an id that there is", randomKey("AAAAAAAA")],
    ["an id that there is not", randomKey("BBBBBBBB")],
    ["a mistake in it", `${RIGHT.slice(0, -1)}${RIGHT.endsWith("0") ? "1" : "0"}`],
    ["no form at all", "x"],
    ["far too much of it", "x".repeat(100_000)],
  ])("does the same work for a wrong key with %s: one digest, one comparison", (_, text) => {
    const keys = keySet();
    vi.clearAllMocks();
    expect(keys.verify(text, 1)).toMatchObject({ ok: false });
    expect(crypto.createHmac).toHaveBeenCalledTimes(1);
    expect(crypto.timingSafeEqual).toHaveBeenCalledTimes(1);
    expect(crypto.timingSafeEqual).toHaveBeenCalledWith(
      expect.objectContaining({ length: 32 }),
      expect.objectContaining({ length: 32 }),
    );
    keys.verify(text, 2);
    expect(crypto.createHmac).toHaveBeenCalledTimes(2);
  });

  it("digests a right key once", () => {
    const keys = keySet();
    vi.clearAllMocks();
    keys.verify(RIGHT, 1);
    keys.verify(RIGHT, 2);
    expect(crypto.createHmac).toHaveBeenCalledTimes(1);
  });
});
