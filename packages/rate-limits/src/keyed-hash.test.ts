import { describe, expect, it } from "vitest";
import { KeyedHash } from "./keyed-hash.ts";

function hashed(text: string): string {
  const hash = new KeyedHash(0x03020100, 0x07060504);
  hash.hash(text);
  return Buffer.from(new Int32Array([hash.low, hash.high]).buffer).toString("hex");
}

describe("KeyedHash", () => {
  it.each([
    // The reference implementation's vectors for the key 00 01 … 07 and the inputs of 0 and 2 bytes.
    ["", "218d1f59b9b83cc8"],
    ["\u0100", "064f39ef7c50eb57"],
  ])("gives what the reference gives for %j", (text, expected) => {
    expect(hashed(text)).toBe(expected);
  });

  it("tells apart texts that differ in length or in one code unit", () => {
    const texts = ["", "a", "aa", "aaa", "aaaa", "aaab", "aaba", "a\0", "\0", "\0\0", "ā", "192.0.2.1", "192.0.2.10"];
    expect(new Set(texts.map(hashed)).size).toBe(texts.length);
  });

  it("depends on the secret", () => {
    const one = new KeyedHash(1, 2);
    const other = new KeyedHash(1, 3);
    one.hash("key");
    other.hash("key");
    expect([one.high, one.low]).not.toEqual([other.high, other.low]);
  });
});
