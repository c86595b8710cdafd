import { describe, expect, it } from "vitest";

import { isCompressible } from "./is-compressible.ts";

describe("isCompressible", () => {
  it.each([
    "text/html; charset=utf-8",
    "TEXT/HTML",
    "text/javascript",
    "text/css",
    "text/plain",
    "application/json",
    "application/json ; x=1",
    "application/ld+json",
    "application/manifest+json",
    "application/problem+json",
    "image/svg+xml",
    "application/xml",
    "application/atom+xml",
    "application/wasm",
    "font/ttf",
    "application/vnd.apple.mpegurl",
    "application/x-ndjson",
    "image/bmp",
  ])("compresses %s", (contentType) => {
    expect(isCompressible(contentType)).toBe(true);
  });

  it.each([
    "image/png",
    "image/jpeg",
    "video/mp4",
    "audio/mpeg",
    "font/woff2",
    "application/zip",
    "application/gzip",
    "application/epub+zip",
    "application/pdf",
    "application/octet-stream",
    "multipart/byteranges; boundary=text/html",
    "text/event-stream",
    "text/event-stream; charset=utf-8",
    "application/unheard-of",
    "application/json-ish",
    "",
    "text",
    "text/",
    "/html",
    "text /html",
    "application/__proto__",
  ])("leaves %j as it is", (contentType) => {
    expect(isCompressible(contentType)).toBe(false);
  });
});
