import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntryDetails } from "./entry.ts";
import type { Readme } from "./listing-format.ts";
import { ListingPage, type ListingPageOptions } from "./listing-page.ts";
import { DEFAULT_QUERY, type ListingQuery } from "./listing-query.ts";
import { visibleName } from "./visible-name.ts";

const MODIFIED = Date.parse("2026-11-21T02:25:30Z");

function file(name: string, rawName?: Buffer): EntryDetails {
  return { name, rawName, type: "file", size: 1200, modifiedMs: MODIFIED };
}

function folder(name: string): EntryDetails {
  return { name, rawName: undefined, type: "directory", size: 0, modifiedMs: MODIFIED };
}

function pageOf(options: Partial<ListingPageOptions> = {}, query: Partial<ListingQuery> = {}): ListingPage {
  return new ListingPage({
    location: { basePath: "", path: "/" },
    query: { ...DEFAULT_QUERY, ...query },
    hasArchive: false,
    readsFromTop: true,
    ...options,
  });
}

function write(details: EntryDetails[], page: ListingPage = pageOf(), truncated = false, readme?: Readme): string {
  return page.begin() + (details.length > 0 ? page.entries(details) : "") + page.end(truncated, readme);
}

function rows(html: string): string[] {
  return /<tbody role="rowgroup">\n(.*)<\/tbody>/s.exec(html)?.[1]?.split("\n").slice(0, -1) ?? [];
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${value}">`;
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
  it("writes a row with name, size and time for each entry, relative to the listing", () => {
    const time = '<time datetime="2026-11-21T02:25:30.000Z">2026-11-21 02:25</time>';
    const page = pageOf({ location: { basePath: "/base", path: "/x/" } });
    expect(rows(write([folder("d"), file("a b.txt"), file("x.qqq")], page))).toEqual([
      `<tr role="row" class="d"><th role="rowheader" scope="row"><a href="d/">d/</a></th><td role="cell"></td><td role="cell">${time}</td></tr>`,
      `<tr role="row" class="t"><th role="rowheader" scope="row"><a href="a%20b.txt">a b.txt</a></th><td role="cell"><data value="1200">1.2 kB</data></td><td role="cell">${time}</td></tr>`,
      `<tr role="row"><th role="rowheader" scope="row"><a href="x.qqq">x.qqq</a></th><td role="cell"><data value="1200">1.2 kB</data></td><td role="cell">${time}</td></tr>`,
    ]);
  });

  it.each([
    [
      "<img src=x onerror=alert(1)>",
      '<a href="%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E">&lt;img src=x onerror=alert(1)&gt;</a>',
    ],
    ['"onmouseover=', '<a href="%22onmouseover%3D">&quot;onmouseover=</a>'],
    ["'x'", `<a href="'x'">&#39;x&#39;</a>`],
    ["javascript:alert(1)", '<a href="javascript%3Aalert(1)">javascript:alert(1)</a>'],
    ["..%2f", '<a href="..%252f">..%2f</a>'],
    ["evil\u202etxt.exe", '<a href="evil%E2%80%AEtxt.exe">evil‹U+202E›txt.exe</a>'],
    ["new\nline", '<a href="?file=new%0Aline">new‹U+000A›line</a>'],
    ["back\\slash", '<a href="?file=back%5Cslash">back\\slash</a>'],
    ["x".repeat(255), `<a href="${"x".repeat(255)}">${"x".repeat(255)}</a>`],
  ])("writes the name %j so that it only means itself", (name, link) => {
    expect(rows(write([file(name)]))[0]).toContain(`<th role="rowheader" scope="row">${link}</th>`);
  });

  it("shows a directory that nothing can be asked of without a link, and says why to eyes and ears", () => {
    const [row] = rows(write([folder("new\nline")]));
    const reason =
      "No request can name this folder: it has a control character, a backslash or bytes that are not UTF-8";
    expect(row).toContain(`<span title="${reason}">new‹U+000A›line/<b class="unseen"> (${reason})</b></span>`);
    expect(row).not.toContain("href");
  });

  it("shows every name as its visible text and links it to itself", () => {
    const attack = fc.constantFrom("<", ">", '"', "'", "&amp;", "</th>", "<!--", "-->", "javascript:", "%2f", "\u202e");
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: "binary" }), attack), { minLength: 1 }), (parts) => {
        const name = parts.join("").replaceAll("/", "").toWellFormed();
        fc.pre(name !== "" && name !== "." && name !== "..");
        const html = write([file(name)], pageOf({ location: { basePath: "", path: `/${name}/` } }));
        const [row] = rows(html);
        const [, href, text] =
          /^<tr role="row"(?: class="\w")?><th role="rowheader" scope="row"><a href="([^"]*)">([^<>"']*)<\/a>/.exec(
            row ?? "",
          ) ?? [];
        expect(unescape(text ?? "")).toBe(visibleName(name));
        expect(decodeURIComponent(href?.replace("?file=", "") ?? "")).toBe(name);
        expect(/<title>([^<>"']*)<\/title>/.exec(html)?.[1]).toBeDefined();
        expect(html).not.toMatch(/[\p{Cs}\u202a-\u202e]/u);
        expect(html.match(/<script/g)).toHaveLength(1);
      }),
      { numRuns: 1000 },
    );
  });

  it("leads back along the path, no further than the base path", () => {
    const html = write([], pageOf({ location: { basePath: "/my docs", path: "/a b/<c>/" } }));
    expect(html).toContain(
      '<ol><li><a href="../../">my docs</a></li><li><a href="../">a b</a></li>' +
        '<li><h1 aria-current="page">&lt;c&gt;</h1></li></ol>',
    );
    expect(html).toContain("<title>Index of /my docs/a b/&lt;c&gt;/</title>");
    expect(write([])).toContain('<ol><li><h1 aria-current="page">Home</h1></li></ol>');
  });

  it("offers each order, and the reverse of the one it has, and keeps the rest of the query", () => {
    const order = { key: "size", descending: true } as const;
    const html = write([], pageOf({}, { order, filter: "a&b", view: "grid" }));
    const rest = "&amp;q=a%26b&amp;view=grid";
    const head = (attributes: string, href: string, label: string): string =>
      `<th role="columnheader" scope="col"${attributes}><a href="${href}${rest}">${label}</a></th>`;
    expect(html).toContain(head("", "?sort=name&amp;order=asc", "Name"));
    expect(html).toContain(head(' aria-sort="descending"', "?sort=size&amp;order=asc", "Size"));
    expect(html).toContain(head("", "?sort=time&amp;order=desc", "Modified<i> (UTC)</i>"));
    const kept = hidden("sort", "size") + hidden("order", "desc");
    expect(html).toContain(`<form role="search" action="">${kept}${hidden("view", "grid")}<input type="search"`);
    expect(html).toContain(`<form class="view" action="">${kept}${hidden("q", "a&amp;b")}<button`);
    expect(write([])).toContain('aria-sort="ascending"><a href="?sort=name&amp;order=desc">');
  });

  it("shows pictures only as a grid, when they come near, and none that is huge", () => {
    const grid = pageOf({}, { view: "grid" });
    const huge = { ...file("b.png"), size: 50_000_000 };
    const html = write([folder("d"), file("a.png"), huge, file("c.txt")], grid);
    expect(html.match(/<img[^>]*>/g)).toEqual(['<img src="a.png" alt="" loading="lazy" decoding="async">']);
    expect(html).toContain('<a href="d/?view=grid">d/</a>');
    expect(write([file("a.png")])).not.toContain("<img");
  });

  it("links to nothing but entries, parents and orders, for those who follow every link", () => {
    const html = write([file("a"), folder("b")], pageOf({ hasArchive: true, location: { basePath: "", path: "/x/" } }));
    const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href);
    expect(links.filter((href) => href?.startsWith("?sort=") === false)).toEqual(["../", "a", "b/"]);
  });

  it("offers the archive where there is one", () => {
    expect(write([], pageOf({ hasArchive: true }))).toContain('<input type="hidden" name="zip">');
    expect(write([], pageOf({ hasArchive: false }))).not.toContain("zip");
  });

  it("offers to sign out where there is a session, with a form that says where it comes from", () => {
    const page = pageOf({ signOutPath: "/.tinyhttp/logout" });
    expect(write([], page)).toContain('<form method="post" action="/.tinyhttp/logout"><button class="tool exit"');
    expect(page.headers["Referrer-Policy"]).toBe("same-origin");
    expect(write([])).not.toContain("post");
    expect(pageOf().headers["Referrer-Policy"]).toBe("no-referrer");
  });

  it.each([
    [[folder("d")], "1 folder"],
    [[file("a")], '1 file, <data value="1200">1.2 kB</data>'],
    [[folder("d"), folder("e"), file("a"), file("b")], '2 folders · 2 files, <data value="2400">2.4 kB</data>'],
  ])("sums up what it showed", (details, summary) => {
    expect(write(details)).toContain(`<footer>\n<p>${summary}</p>`);
  });

  it("says why there is nothing to see", () => {
    expect(write([])).toContain('<p class="nothing">This folder is empty.</p>');
    expect(write([], pageOf({}, { filter: "<x>" }))).toContain("Nothing here has a name like “&lt;x&gt;”.</p>");
    expect(write([file("a")])).toContain('<p class="nothing" hidden>');
  });

  it("says when there is more than it shows", () => {
    expect(write([file("a")], pageOf(), true)).toContain("There are more entries than these");
    expect(write([file("a")])).not.toContain("There are more entries than these");
  });

  it("shows what the directory says about itself", () => {
    const html = write([], pageOf(), false, { name: "READ<ME>", html: "<p>hello</p>" });
    expect(html).toContain('<h2 id="readme">READ&lt;ME&gt;</h2>\n<p>hello</p>');
  });

  it("allows its own style and script by a nonce of its own, and runs nothing else", () => {
    const page = pageOf();
    const policy = page.headers["Content-Security-Policy"] ?? "";
    const nonce = /script-src 'nonce-([\w+/]{22}==)'/.exec(policy)?.[1] ?? "";
    expect(policy).toBe(
      `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src 'self'; media-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    );
    const html = write([file("a")], page);
    expect(html.split(`nonce="${nonce}"`)).toHaveLength(3);
    expect(html).not.toMatch(/style="|<style|url\(|\son\w+=|http:|https:|data:/);
    expect(pageOf().headers["Content-Security-Policy"]).not.toBe(policy);
  });

  it("loads from the top, or from here for who may only read here", () => {
    const location = { basePath: "/base", path: "/a/b/" };
    expect(write([], pageOf({ location }))).toMatch(/ src="\.\.\/\.\.\/\.tinyhttp\/listing\.js\?v=[\da-f]{12}"/);
    expect(write([], pageOf({ location, readsFromTop: false }))).toMatch(/ src="\.tinyhttp\/listing\.js\?/);
  });
});
