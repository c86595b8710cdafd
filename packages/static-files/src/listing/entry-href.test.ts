import { normalisePath } from "@tinyhttp/handler";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryHref, pathHref } from "./entry-href.ts";

const file = (name: string) => ({ name, rawName: undefined, type: "file" }) as const;

describe("pathHref", () => {
  it("encodes each segment and keeps the slashes", () => {
    expect(pathHref("/base/a b/50%/ü/?#/")).toBe("/base/a%20b/50%25/%C3%BC/%3F%23/");
  });
});

describe("entryHref", () => {
  it.each([
    ["a.txt", "/d/a.txt"],
    ["two words", "/d/two%20words"],
    ["javascript:alert(1)", "/d/javascript%3Aalert(1)"],
    ["%2f", "/d/%252f"],
    ["..%2f", "/d/..%252f"],
    ["a?b#c", "/d/a%3Fb%23c"],
    ['"onmouseover=', "/d/%22onmouseover%3D"],
    ["<b>&amp;", "/d/%3Cb%3E%26amp%3B"],
    ["evil\u202etxt.exe", "/d/evil%E2%80%AEtxt.exe"],
  ])("links %j as %s", (name, href) => {
    expect(entryHref("/d/", file(name))).toBe(href);
  });

  it("ends a directory's address with a slash", () => {
    expect(entryHref("/", { name: "d", rawName: undefined, type: "directory" })).toBe("/d/");
  });

  it.each([["a\nb"], ["\u001b"], ["a\u007f"], ["\u0085"], ["a\\b"], ["\ud800"]])("gives no address to %j", (name) => {
    expect(entryHref("/", file(name))).toBeUndefined();
  });

  it("gives no address to a name that is not UTF-8", () => {
    expect(entryHref("/", { name: "\ufffd", rawName: Buffer.from([0xff]), type: "file" })).toBeUndefined();
  });

  it("gives exactly the names that a request can name an address that leads to them", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
        const name = text.replaceAll("/", "");
        fc.pre(name !== "" && name !== "." && name !== "..");
        const href = entryHref("/base/d/", file(name));
        if (href === undefined) {
          expect(() => normalisePath(`/base/d/${encodeURIComponent(name)}`)).toThrow();
        } else {
          expect(href).toMatch(/^[!-~]+$/);
          expect(href).not.toMatch(/["<>\\]/);
          expect(normalisePath(href)).toBe(`/base/d/${name}`);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
