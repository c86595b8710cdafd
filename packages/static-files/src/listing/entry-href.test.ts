import { normalisePath } from "@tinyhttp/handler";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryHref, isNameable, unnameableFile } from "./entry-href.ts";

const file = (name: string, rawName?: Buffer) => ({ name, rawName, type: "file" }) as const;

describe("entryHref", () => {
  it.each([
    ["a.txt", "a.txt"],
    ["two words", "two%20words"],
    ["javascript:alert(1)", "javascript%3Aalert(1)"],
    ["%2f", "%252f"],
    ["..%2f", "..%252f"],
    ["a?b#c", "a%3Fb%23c"],
    ["+&=", "%2B%26%3D"],
    ['"onmouseover=', "%22onmouseover%3D"],
    ["<b>&amp;", "%3Cb%3E%26amp%3B"],
    ["evil\u202etxt.exe", "evil%E2%80%AEtxt.exe"],
    ["x".repeat(255), "x".repeat(255)],
  ])("links %j as %s", (name, href) => {
    expect(entryHref(file(name))).toBe(href);
  });

  it.each([
    ["a\nb.txt", undefined, "?file=a%0Ab.txt"],
    ["\u001b[31m", undefined, "?file=%1B%5B31m"],
    ["back\\slash", undefined, "?file=back%5Cslash"],
    ["\u0085", undefined, "?file=%C2%85"],
    ["bad\ufffd", Buffer.from([0x62, 0x61, 0x64, 0xff]), "?file=bad%FF"],
  ])("asks for %j through its directory, since no path can name it", (name, rawName, href) => {
    expect(entryHref(file(name, rawName))).toBe(href);
  });

  it("ends a directory's address with a slash", () => {
    expect(entryHref({ name: "d", rawName: undefined, type: "directory" })).toBe("d/");
  });

  it("gives no address to a directory that no path can name, nor to half a character", () => {
    expect(entryHref({ name: "a\nb", rawName: undefined, type: "directory" })).toBeUndefined();
    expect(entryHref(file("\ud800"))).toBeUndefined();
  });

  it("leads to exactly the file it was made for, whatever its name", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (random) => {
        const bytes = Buffer.from(random.filter((byte) => byte !== 0 && byte !== 0x2f));
        const name = bytes.toString();
        fc.pre(name !== "" && name !== "." && name !== "..");
        const entry = file(name, Buffer.from(name).equals(bytes) ? undefined : bytes);
        const href = entryHref(entry) ?? "";
        expect(href).toMatch(/^[!-~]+$/);
        expect(href).not.toMatch(/["<>\\:]/);
        const { pathname, search } = new URL(href, "http://localhost/base/d/");
        if (isNameable(entry)) {
          expect(normalisePath(pathname)).toBe(`/base/d/${name}`);
          expect(search).toBe("");
        } else {
          expect(pathname).toBe("/base/d/");
          expect(unnameableFile(search.slice(1))?.equals(bytes)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("unnameableFile", () => {
  it.each([
    ["", "nothing is asked for"],
    ["file=", "an empty name"],
    ["file=a.txt", "a path can name it"],
    ["file=%C3%BC", "a path can name it"],
    ["file=..", "it is no entry"],
    ["file=..%2Fa%0A", "it has a slash"],
    ["file=%2E%2E%2F%0A", "it has a slash"],
    ["file=a%00%0A", "it has a NUL"],
    ["profile=a%0A", "it is another parameter"],
  ])("finds no name in %j: %s", (query) => {
    expect(unnameableFile(query)).toBeUndefined();
  });

  it("finds the name beside other parameters", () => {
    expect(unnameableFile("sort=name&file=a%0Ab&x=1")).toEqual(Buffer.from("a\nb"));
  });
});
