import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntryDetails } from "./entry.ts";
import { ListingPage, type ListingLocation } from "./listing-page.ts";
import type { SortOrder } from "./sort-order.ts";
import { visibleName } from "./visible-name.ts";

const MODIFIED = Date.parse("2026-11-21T02:25:30Z");
const BY_NAME: SortOrder = { key: "name", descending: false };

function file(name: string, rawName?: Buffer): EntryDetails {
  return { name, rawName, type: "file", size: 1200, modifiedMs: MODIFIED };
}

function folder(name: string): EntryDetails {
  return { name, rawName: undefined, type: "directory", size: 0, modifiedMs: MODIFIED };
}

function write(
  details: EntryDetails[],
  location: ListingLocation = { basePath: "", path: "/" },
  order: SortOrder = BY_NAME,
  truncated = false,
): string {
  const page = new ListingPage(location, order);
  return page.begin() + (details.length > 0 ? page.entries(details) : "") + page.end(truncated);
}

function rows(html: string): string[] {
  return /<tbody role="rowgroup">\n(.*)<\/tbody>/s.exec(html)?.[1]?.split("\n").slice(0, -1) ?? [];
}

function unescape(html: string): string {
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

describe("ListingPage", () => {
  it("writes a row with name, size and time for each entry", () => {
    const time = '<time datetime="2026-11-21T02:25:30.000Z">2026-11-21 <i>02:25</i></time>';
    expect(rows(write([folder("d"), file("a b.txt")], { basePath: "", path: "/x/" }))).toEqual([
      `<tr role="row" class="d"><th role="rowheader" scope="row"><a href="/x/d/">d/</a></th><td role="cell"></td><td role="cell">${time}</td></tr>`,
      `<tr role="row"><th role="rowheader" scope="row"><a href="/x/a%20b.txt">a b.txt</a></th><td role="cell">1.2 kB</td><td role="cell">${time}</td></tr>`,
    ]);
  });

  it.each([
    [
      "<img src=x onerror=alert(1)>",
      '<a href="/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E">&lt;img src=x onerror=alert(1)&gt;</a>',
    ],
    ['"onmouseover=', '<a href="/%22onmouseover%3D">&quot;onmouseover=</a>'],
    ["'x'", `<a href="/'x'">&#39;x&#39;</a>`],
    ["javascript:alert(1)", '<a href="/javascript%3Aalert(1)">javascript:alert(1)</a>'],
    ["..%2f", '<a href="/..%252f">..%2f</a>'],
    ["evil\u202etxt.exe", '<a href="/evil%E2%80%AEtxt.exe">evil‹U+202E›txt.exe</a>'],
    ["x".repeat(255), `<a href="/${"x".repeat(255)}">${"x".repeat(255)}</a>`],
  ])("writes the name %j so that it only means itself", (name, link) => {
    expect(rows(write([file(name)]))[0]).toContain(`<th role="rowheader" scope="row">${link}</th>`);
  });

  it.each([
    ["new\nline", undefined, "new‹U+000A›line"],
    ["\u001b[31mred", undefined, "‹U+001B›[31mred"],
    ["back\\slash", undefined, "back\\slash"],
    ["bad\ufffd", Buffer.from("bad\xff", "latin1"), "bad\ufffd"],
  ])("shows %j without a link and says why", (name, rawName, text) => {
    const [row] = rows(write([file(name, rawName)]));
    expect(row).toContain(
      `"No request can name this: it has a control character, a backslash or bytes that are not UTF-8">${text}</span>`,
    );
    expect(row).not.toContain("href");
  });

  it("shows every name as its visible text and links it to itself", () => {
    const attack = fc.constantFrom(
      "<",
      ">",
      '"',
      "'",
      "&amp;",
      "</th>",
      "<!--",
      "-->",
      "javascript:",
      "%2f",
      "\u202e",
      "\ud800",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: "binary" }), attack), { minLength: 1 }), (parts) => {
        const name = parts.join("").replaceAll("/", "");
        fc.pre(name !== "");
        const html = write([file(name)], { basePath: "", path: `/${name.toWellFormed()}/` });
        const [row] = rows(html);
        const [, href, text] =
          /^<tr role="row"><th role="rowheader" scope="row"><(?:a href="([^"]*)"|span title="[^"<]*")>([^<>"']*)<\/(?:a|span)>/.exec(
            row ?? "",
          ) ?? [];
        expect(unescape(text ?? "")).toBe(visibleName(name));
        if (href !== undefined) expect(decodeURIComponent(href.slice(href.lastIndexOf("/") + 1))).toBe(name);
        expect(/<title>([^<>"']*)<\/title>/.exec(html)?.[1]).toBeDefined();
        expect(html).not.toMatch(/[\p{Cs}\u202e]/u);
      }),
      { numRuns: 1000 },
    );
  });

  it("leads back along the path, within the base path", () => {
    const html = write([], { basePath: "/my docs", path: "/a b/<c>/" });
    expect(html).toContain(
      '<ol><li><a href="/my%20docs/">my docs</a></li><li><a href="/my%20docs/a%20b/">a b</a></li>' +
        '<li><h1 aria-current="page">&lt;c&gt;</h1></li></ol>',
    );
    expect(html).toContain("<title>Index of /my docs/a b/&lt;c&gt;/</title>");
    expect(write([])).toContain('<ol><li><h1 aria-current="page">Home</h1></li></ol>');
  });

  it("offers each order, and the reverse of the one it has", () => {
    const html = write([], { basePath: "", path: "/" }, { key: "size", descending: true });
    expect(html).toContain('<th role="columnheader" scope="col"><a href="?sort=name&amp;order=asc">Name</a></th>');
    expect(html).toContain(
      '<th role="columnheader" scope="col" aria-sort="descending"><a href="?sort=size&amp;order=asc">Size</a></th>',
    );
    expect(html).toContain(
      '<th role="columnheader" scope="col"><a href="?sort=time&amp;order=desc">Modified<i> (UTC)</i></a></th>',
    );
    expect(write([])).toContain('aria-sort="ascending"><a href="?sort=name&amp;order=desc">');
  });

  it.each([
    [[], "This folder is empty."],
    [[folder("d")], "1 folder"],
    [[file("a")], "1 file, 1.2 kB"],
    [[folder("d"), folder("e"), file("a"), file("b")], "2 folders · 2 files, 2.4 kB"],
  ])("sums up what it showed", (details, summary) => {
    expect(write(details)).toContain(`<footer>\n<p>${summary}</p>`);
  });

  it("says when there is more than it shows", () => {
    expect(write([file("a")], undefined, undefined, true)).toContain("There are more entries than these");
    expect(write([file("a")])).not.toContain("There are more entries than these");
  });

  it("allows its own style and icon and nothing else", () => {
    const { headers } = new ListingPage({ basePath: "", path: "/" }, BY_NAME);
    const style = /<style>(.*)<\/style>/s.exec(write([]))?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(headers["Content-Security-Policy"]).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(write([file("a")])).not.toMatch(/<script|style="|url\(/);
  });
});
