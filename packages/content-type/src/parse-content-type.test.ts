import { describe, expect, it } from "vitest";

import { isContentTypeSyntaxError } from "./content-type-syntax-error.ts";
import { parseContentType } from "./parse-content-type.ts";

function caught(fieldValue: string): unknown {
  try {
    return parseContentType(fieldValue);
  } catch (error) {
    return error;
  }
}

describe("parseContentType", () => {
  it.each([
    ["text/html", "text", "html", []],
    ["text/html;charset=utf-8", "text", "html", [["charset", "utf-8"]]],
    ['Text/HTML;Charset="utf-8"', "text", "html", [["charset", "utf-8"]]],
    ["text/html; charset=UTF-8", "text", "html", [["charset", "UTF-8"]]],
    ["text/html \t;\t charset=utf-8", "text", "html", [["charset", "utf-8"]]],
    ["text/html;;charset=utf-8; ;", "text", "html", [["charset", "utf-8"]]],
    ["text/html; ", "text", "html", []],
    ["image/svg+xml", "image", "svg+xml", []],
    ["!#$%&'*+-.^_`|~/x", "!#$%&'*+-.^_`|~", "x", []],
    ['a/b;c=""', "a", "b", [["c", ""]]],
    ['a/b;c="d;e=f, g"', "a", "b", [["c", "d;e=f, g"]]],
    [String.raw`a/b;c="d\"\\\e"`, "a", "b", [["c", String.raw`d"\e`]]],
    ['a/b;c="\t\xe9\xff"', "a", "b", [["c", "\t\xe9\xff"]]],
    [
      'multipart/form-data; boundary="a b"; x=1',
      "multipart",
      "form-data",
      [
        ["boundary", "a b"],
        ["x", "1"],
      ],
    ],
  ])("reads %j (RFC 9110 §8.3.1)", (fieldValue, type, subtype, parameters) => {
    const mediaType = parseContentType(fieldValue);
    expect(mediaType.type).toBe(type);
    expect(mediaType.subtype).toBe(subtype);
    expect([...mediaType.parameters]).toEqual(parameters);
  });

  it.each([
    ["", "bad-type", 0],
    ["text", "bad-type", 4],
    ["/html", "bad-type", 0],
    [" text/html", "bad-type", 0],
    ["text /html", "bad-type", 4],
    ["te(xt/html", "bad-type", 2],
    ["text/", "bad-subtype", 5],
    ["text/ html", "bad-subtype", 5],
    ["text/;charset=a", "bad-subtype", 5],
    ["text/html/x", "bad-separator", 9],
    ["text/html charset=utf-8", "bad-separator", 10],
    ["text/html, text/plain", "bad-separator", 9],
    ["text/html ", "bad-separator", 10],
    ['text/html;charset="a"b', "bad-separator", 21],
    ["text/html;charset", "bad-parameter-name", 17],
    ["text/html;charset =a", "bad-parameter-name", 17],
    ["text/html;=a", "bad-parameter-name", 10],
    ["text/html;charset=", "bad-parameter-value", 18],
    ["text/html;charset= a", "bad-parameter-value", 18],
    ["text/html;charset=;", "bad-parameter-value", 18],
    ["text/html;charset='a b'", "bad-separator", 21],
    ['text/html;charset="a', "bad-quoted-string", 20],
    ['text/html;charset="a\\', "bad-quoted-string", 20],
    ['text/html;charset="a\nb"', "bad-quoted-string", 20],
    ['text/html;charset="a\u0000"', "bad-quoted-string", 20],
    ['text/html;charset="\u20ac"', "bad-quoted-string", 19],
    ["text/html;charset=utf-8;Charset=utf-8", "duplicate-parameter", 24],
    ["text/html\r\nX: y", "bad-separator", 9],
  ])("refuses %j", (fieldValue, code, offset) => {
    const error = caught(fieldValue);
    expect(isContentTypeSyntaxError(error)).toBe(true);
    expect(error).toMatchObject({ code, offset, name: "ContentTypeSyntaxError" });
    expect(error).toBeInstanceOf(SyntaxError);
  });

  it("says what it wanted, what it got and where", () => {
    expect(() => parseContentType("text/html charset=a")).toThrow(
      'Cannot parse Content-Type "text/html charset=a": expected ; before the next parameter, got "c" (offset 10)',
    );
    expect(() => parseContentType("text")).toThrow("got the end (offset 4)");
  });

  it("shortens a long value in the message", () => {
    const error = caught(`${"a".repeat(5000)} `);
    expect(error).toMatchObject({ offset: 5000 });
    expect(String(error).length).toBeLessThan(250);
  });
});
