import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentDisposition } from "./content-disposition.ts";

describe("contentDisposition", () => {
  it.each([
    ["photos.zip", 'attachment; filename="photos.zip"'],
    ["two words.zip", 'attachment; filename="two words.zip"'],
    ["Süden.zip", `attachment; filename="S_den.zip"; filename*=UTF-8''S%C3%BCden.zip`],
    ['a"b.zip', `attachment; filename="a_b.zip"; filename*=UTF-8''a%22b.zip`],
    ["50%41.zip", `attachment; filename="50_41.zip"; filename*=UTF-8''50%2541.zip`],
    ["it's (1)*.zip", `attachment; filename="it's (1)*.zip"`],
    ["é's (1)*.zip", `attachment; filename="_'s (1)*.zip"; filename*=UTF-8''%C3%A9%27s%20%281%29%2A.zip`],
    ["..\\..\\a\r\nSet-Cookie: x", 'attachment; filename=".._.._a__Set-Cookie: x"'],
    ["a/b", 'attachment; filename="a_b"'],
    ["evil\u202egpj.exe", 'attachment; filename="evil_gpj.exe"'],
  ])("names %j (RFC 6266 §4.1)", (name, expected) => {
    expect(contentDisposition("attachment", name)).toBe(expected);
  });

  it("is a field value of plain ASCII, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const value = contentDisposition("inline", name);
        expect(value).toMatch(/^inline; filename="[^"\\]*"(?:; filename\*=UTF-8''[\w!#$&+.^`|~%-]*)?$/);
        expect(value).toMatch(/^[ -~]*$/);
      }),
    );
  });
});
