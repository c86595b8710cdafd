import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KEY_LENGTH, parseKey, randomId, randomKey } from "./key-text.ts";

const KNOWN = `thk_AAAAAAAA_${"0".repeat(43)}`;

describe("parseKey", () => {
  it("reads the id of every key that randomKey makes", () => {
    for (let count = 0; count < 200; count++) {
      const id = randomId();
      const text = randomKey(id);
      expect(text).toHaveLength(KEY_LENGTH);
      expect(parseKey(text)).toEqual({ ok: true, id });
    }
  });

  it.each([
    ["nothing", ""],
    ["no checksum", KNOWN],
    ["another prefix", `ghp_AAAAAAAA_${"0".repeat(49)}`],
    ["a character that is no digit of base 62", `thk_AAAAAAA-_${"0".repeat(49)}`],
    ["a line feed at the end", `${randomKey("AAAAAAAA")}\n`],
  ])("takes no key with %s", (_, text) => {
    expect(parseKey(text)).toEqual({ ok: false, reason: "malformed" });
  });

  it("notices any one mistyped character", () => {
    const text = randomKey("AAAAAAAA");
    const position = fc.integer({ min: 4, max: KEY_LENGTH - 1 }).filter((at) => at !== 12);
    const digit = fc.string({ minLength: 1, maxLength: 1 }).filter((character) => /[0-9A-Za-z]/.test(character));
    fc.assert(
      fc.property(position, digit, (at, character) => {
        fc.pre(text[at] !== character);
        expect(parseKey(text.slice(0, at) + character + text.slice(at + 1))).toEqual({ ok: false, reason: "checksum" });
      }),
    );
  });
});

describe("randomKey", () => {
  it("makes no key twice", () => {
    const keys = new Set(Array.from({ length: 1000 }, () => randomKey("AAAAAAAA")));
    expect(keys.size).toBe(1000);
  });
});
