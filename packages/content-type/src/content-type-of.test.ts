import { describe, expect, it } from "vitest";

import { contentTypeOf } from "./content-type-of.ts";
import { parseContentType } from "./parse-content-type.ts";
import { AMBIGUOUS_EXTENSIONS, EXTENSION_TYPES } from "./extension-types.ts";

describe("contentTypeOf", () => {
  it.each([
    ["index.html", "text/html; charset=utf-8"],
    ["style.css", "text/css; charset=utf-8"],
    ["app.js", "text/javascript; charset=utf-8"],
    ["app.mjs", "text/javascript; charset=utf-8"],
    ["app.cjs", "text/javascript; charset=utf-8"],
    ["notes.txt", "text/plain; charset=utf-8"],
    ["server.log", "text/plain; charset=utf-8"],
    ["README.md", "text/markdown; charset=utf-8"],
    ["table.csv", "text/csv; charset=utf-8"],
    ["captions.vtt", "text/vtt; charset=utf-8"],
    ["contact.vcf", "text/vcard; charset=utf-8"],
  ])("names the charset of the text file %s (RFC 6657 §3)", (path, expected) => {
    expect(contentTypeOf(path)).toBe(expected);
  });

  it.each([
    ["data.json", "application/json"],
    ["bundle.js.map", "application/json"],
    ["app.webmanifest", "application/manifest+json"],
    ["places.geojson", "application/geo+json"],
  ])("gives JSON no charset: %s (RFC 8259 §11)", (path, expected) => {
    expect(contentTypeOf(path)).toBe(expected);
  });

  it.each([
    ["feed.xml", "application/xml"],
    ["page.xhtml", "application/xhtml+xml"],
    ["logo.svg", "image/svg+xml"],
    ["news.atom", "application/atom+xml"],
  ])("leaves the encoding of XML to the document: %s (RFC 7303 §3)", (path, expected) => {
    expect(contentTypeOf(path)).toBe(expected);
  });

  it.each([
    ["code.wasm", "application/wasm"],
    ["a.woff2", "font/woff2"],
    ["a.woff", "font/woff"],
    ["a.ttf", "font/ttf"],
    ["a.otf", "font/otf"],
    ["a.png", "image/png"],
    ["a.jpg", "image/jpeg"],
    ["a.jpeg", "image/jpeg"],
    ["a.avif", "image/avif"],
    ["a.webp", "image/webp"],
    ["favicon.ico", "image/vnd.microsoft.icon"],
    ["a.mp4", "video/mp4"],
    ["a.webm", "video/webm"],
    ["a.mkv", "video/matroska"],
    ["a.mp3", "audio/mpeg"],
    ["a.flac", "audio/flac"],
    ["a.pdf", "application/pdf"],
    ["a.zip", "application/zip"],
    ["a.tar", "application/x-tar"],
    ["a.7z", "application/x-7z-compressed"],
    ["a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    ["a.bin", "application/octet-stream"],
  ])("knows %s", (path, expected) => {
    expect(contentTypeOf(path)).toBe(expected);
  });

  it("goes by the last extension only", () => {
    expect(contentTypeOf("site.tar.gz")).toBe("application/gzip");
    expect(contentTypeOf("page.html.br")).toBeUndefined();
  });

  it("takes a gzipped SVG for gzip, since no coding can be announced here", () => {
    expect(contentTypeOf("logo.svgz")).toBe("application/gzip");
  });

  it("compares the extension without case", () => {
    expect(contentTypeOf("PHOTO.JPG")).toBe("image/jpeg");
    expect(contentTypeOf("Index.HtMl")).toBe("text/html; charset=utf-8");
  });

  it("reads the last segment of a path", () => {
    expect(contentTypeOf("/a/b.html/c.css")).toBe("text/css; charset=utf-8");
    expect(contentTypeOf("/a.html/README")).toBeUndefined();
    expect(contentTypeOf(String.raw`C:\site.d\index.html`)).toBe("text/html; charset=utf-8");
  });

  it.each(["Makefile", "LICENSE", "", "html", ".html", "/dir/.profile", "a.", "a.html/", "a.unheard-of", "a..", "."])(
    "does not know %j",
    (path) => {
      expect(contentTypeOf(path)).toBeUndefined();
    },
  );

  it.each(["main.ts", "MAIN.TS", "main.mts", "main.rs", "basic.t", "isa.td"])(
    "leaves %s, whose extension two formats share, to its bytes",
    (path) => {
      expect(contentTypeOf(path)).toBeUndefined();
    },
  );

  it("is not fooled by names of object properties", () => {
    expect(contentTypeOf("a.__proto__")).toBeUndefined();
    expect(contentTypeOf("a.constructor")).toBeUndefined();
    expect(contentTypeOf("a.toString")).toBeUndefined();
  });

  it("has only parseable types for its own extensions, each in lower case", () => {
    for (const [extension, mediaType] of EXTENSION_TYPES) {
      expect(extension).toBe(extension.toLowerCase());
      expect(AMBIGUOUS_EXTENSIONS.has(extension)).toBe(false);
      const { type, subtype } = parseContentType(mediaType);
      expect(`${type}/${subtype}`).toBe(mediaType);
    }
  });
});
