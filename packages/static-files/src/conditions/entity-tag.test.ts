import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatEntityTag, matchesStrongly, matchesWeakly, parseEntityTag, parseEntityTags } from "./entity-tag.ts";

const strong = (opaque: string): { weak: boolean; opaque: string } => ({ weak: false, opaque });
const weak = (opaque: string): { weak: boolean; opaque: string } => ({ weak: true, opaque });

describe("parseEntityTag", () => {
  it.each([
    ['"a"', strong("a")],
    ['""', strong("")],
    ['W/"a,b"', weak("a,b")],
    ['"\u00e9"', strong("\u00e9")],
  ])("reads %s (RFC 9110 §8.8.3)", (text, tag) => {
    expect(parseEntityTag(text)).toEqual(tag);
  });

  it.each([["a"], ['w/"a"'], ['W/ "a"'], ['"a"b'], ['"a'], ['"a b"'], ['"a""'], ["Sun, 06 Nov 1994 08:49:37 GMT"]])(
    "refuses %s",
    (text) => {
      expect(parseEntityTag(text)).toBeUndefined();
    },
  );
});

describe("parseEntityTags", () => {
  it.each([
    ["*", "*"],
    [" * ", "*"],
    ['"a"', [strong("a")]],
    ['"a", W/"b"', [strong("a"), weak("b")]],
    ['"a","b"', [strong("a"), strong("b")]],
    ['"a,b" ,, "c"', [strong("a,b"), strong("c")]],
    [', "a",', [strong("a")]],
    ["", []],
  ])("reads %s", (text, tags) => {
    expect(parseEntityTags(text)).toEqual(tags);
  });

  it.each([["a"], ['"a" "b"'], ['"a", b'], ['*, "a"'], ['"a'], ['"a";"b"']])("refuses %s", (text) => {
    expect(parseEntityTags(text)).toBeUndefined();
  });

  it("reads back every list that was written", () => {
    const opaque = fc.string({
      unit: fc
        .integer({ min: 0x21, max: 0xff })
        .filter((code) => code !== 0x22 && code !== 0x7f)
        .map((code) => String.fromCharCode(code)),
    });
    const tag = fc.record({ weak: fc.boolean(), opaque });
    const separator = fc.constantFrom(",", ", ", " ,\t", ",,", ", ,");
    fc.assert(
      fc.property(fc.array(tag), separator, (tags, between) => {
        expect(parseEntityTags(tags.map(formatEntityTag).join(between))).toEqual(tags);
      }),
    );
  });

  it("takes any text without throwing", () => {
    fc.assert(fc.property(fc.string(), (text) => void parseEntityTags(text)));
  });
});

// The table of RFC 9110 §8.8.3.2.
describe("matchesStrongly and matchesWeakly", () => {
  it.each([
    [weak("1"), weak("1"), false, true],
    [weak("1"), weak("2"), false, false],
    [weak("1"), strong("1"), false, true],
    [strong("1"), strong("1"), true, true],
  ])("compares %j and %j", (a, b, strongly, weakly) => {
    expect(matchesStrongly(a, b)).toBe(strongly);
    expect(matchesWeakly(a, b)).toBe(weakly);
  });
});
