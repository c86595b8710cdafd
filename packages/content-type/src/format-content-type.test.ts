import { describe, expect, it } from "vitest";

import { formatContentType } from "./format-content-type.ts";

function mediaType(type: string, subtype: string, ...parameters: [string, string][]) {
  return { type, subtype, parameters: new Map(parameters) };
}

describe("formatContentType", () => {
  it.each([
    [mediaType("text", "html"), "text/html"],
    [mediaType("text", "html", ["charset", "utf-8"]), "text/html; charset=utf-8"],
    [mediaType("a", "b", ["c", ""]), 'a/b; c=""'],
    [mediaType("a", "b", ["c", "d e"], ["f", "g"]), 'a/b; c="d e"; f=g'],
    [mediaType("a", "b", ["c", String.raw`"\ `]), String.raw`a/b; c="\"\\ "`],
    [mediaType("a", "b", ["c", "\xe9"]), 'a/b; c="\xe9"'],
  ])("writes %o as %j (RFC 9110 §5.6.6)", (value, expected) => {
    expect(formatContentType(value)).toBe(expected);
  });

  it.each([
    [mediaType("", "html"), 'type "" is not a token'],
    [mediaType("text/html", "x"), 'type "text/html" is not a token'],
    [mediaType("text", "html\r\nSet-Cookie: a=b"), "subtype"],
    [mediaType("text", "html", ["char set", "a"]), 'parameter name "char set"'],
    [mediaType("text", "html", ["a", "b\r\nc"]), String.raw`value "b\r\nc" of "a"`],
    [mediaType("text", "html", ["a", "\u20ac"]), "latin1"],
    [mediaType("text", "html", ["a", "\u007f"]), "printable"],
    [mediaType("text", "html", ["a", "1"], ["A", "1"]), 'parameter "a" is given twice'],
  ])("refuses to write %o", (value, message) => {
    expect(() => formatContentType(value)).toThrow(TypeError);
    expect(() => formatContentType(value)).toThrow(message);
  });
});
