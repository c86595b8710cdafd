import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ask, fakeRequest } from "../test/fake-request.ts";
import { openDescriptors, putFile, settle, temporarySite } from "../test/temporary-site.ts";
import { staticFiles } from "./static-files.ts";

const LARGE = Buffer.alloc(3 * 1024 * 1024, "0123456789abcdef");

describe("staticFiles", () => {
  it("serves a file with its type, length, validators and nosniff", async () => {
    const handler = staticFiles(temporarySite({ "a.html": "<p>hello" }));
    const answer = await ask(handler, "/a.html");
    expect(answer.status).toBe(200);
    expect(answer.text).toBe("<p>hello");
    expect(Object.fromEntries(answer.headers)).toEqual({
      "accept-ranges": "bytes",
      "cache-control": "no-cache",
      "content-type": "text/html; charset=utf-8",
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
      "last-modified": "Sun, 01 Jun 2025 12:00:00 GMT",
      "x-content-type-options": "nosniff",
    });
  });

  it("answers from memory at once, with the same object", async () => {
    const handler = staticFiles(temporarySite({ "a.txt": "a" }), { cache: { revalidateMs: 60_000 } });
    await ask(handler, "/a.txt");
    const first = handler(fakeRequest("/a.txt"));
    expect(first).not.toBeInstanceOf(Promise);
    expect(handler(fakeRequest("/a.txt"))).toBe(first);
  });

  it("serves a large file from the disk and closes it", async () => {
    const handler = staticFiles(temporarySite({ "large.bin": LARGE }));
    await settle();
    const before = openDescriptors();
    const answer = await ask(handler, "/large.bin");
    expect(answer.bytes.equals(LARGE)).toBe(true);
    expect((await ask(handler, "/large.bin", { method: "HEAD" })).status).toBe(200);
    const etag = answer.headers.get("etag") ?? "";
    expect((await ask(handler, "/large.bin", { headers: { "If-None-Match": etag } })).status).toBe(304);
    expect((await ask(handler, "/large.bin", { headers: { "If-Match": '"x"' } })).status).toBe(412);
    await expect.poll(openDescriptors).toBeLessThanOrEqual(before);
  });

  it("serves a large file to several at the same time", async () => {
    const handler = staticFiles(temporarySite({ "large.bin": LARGE }));
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(handler, "/large.bin")));
    expect(answers.every(({ bytes }) => bytes.equals(LARGE))).toBe(true);
  });

  it.each([
    ["/", "index"],
    ["/d/", "index of d"],
    ["/d/index.html", "index of d"],
    ["/%61.txt", "a"],
    ["/x/../a.txt", "a"],
    ["//a.txt", "a"],
    ["/empty", ""],
  ])("finds %s", async (target, text) => {
    const files = { "index.html": "index", "d/index.html": "index of d", "a.txt": "a", empty: "" };
    expect(await ask(staticFiles(temporarySite(files)), target)).toMatchObject({ status: 200, text });
  });

  it("redirects a directory to its path with a slash and keeps the query", async () => {
    const handler = staticFiles(temporarySite({ "d é/index.html": "" }));
    const answer = await ask(handler, "/d%20%C3%A9?a=%2f&b");
    expect(answer.status).toBe(301);
    expect(answer.headers.get("location")).toBe("/d%20%C3%A9/?a=%2f&b");
  });

  it("never redirects to another host", async () => {
    const handler = staticFiles(temporarySite({ "evil.example/index.html": "" }));
    const answer = await ask(handler, "//evil.example");
    expect(answer.headers.get("location")).toBe("/evil.example/");
  });

  it("answers 404 in plain text for what is not there", async () => {
    const answer = await ask(staticFiles(temporarySite()), "/nothing");
    expect(answer).toMatchObject({ status: 404, text: "404 Not Found\n" });
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  });

  it("answers 404 with the site's own page", async () => {
    const handler = staticFiles(temporarySite({ "404.html": "<p>gone" }));
    for (const headers of [{}, { Range: "bytes=0-1" }, { "If-None-Match": "*" }]) {
      const answer = await ask(handler, "/nothing", { headers });
      expect(answer).toMatchObject({ status: 404, text: "<p>gone" });
      expect(answer.headers.get("etag")).toBeNull();
    }
  });

  it("answers OPTIONS, and other methods with 405 and Allow (RFC 9110 §15.5.6)", async () => {
    const handler = staticFiles(temporarySite({ a: "a" }));
    const options = await ask(handler, "/a", { method: "OPTIONS" });
    expect(options.status).toBe(204);
    expect(options.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    for (const method of ["POST", "PUT", "DELETE", "get", "TRACE"]) {
      const answer = await ask(handler, "/a", { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    }
  });

  it("lists a directory only when asked to", async () => {
    const root = temporarySite({ "d/a.txt": "a" });
    mkdirSync(join(root, "d/e"));
    expect((await ask(staticFiles(root), "/d/")).status).toBe(404);
    const before = openDescriptors();
    const answer = await ask(staticFiles(root, { listing: true, headers: { "X-Site": "1" } }), "/d/");
    expect(answer.status).toBe(200);
    expect(answer.text).toContain("a.txt");
    expect(answer.headers.get("x-site")).toBe("1");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    await expect.poll(openDescriptors).toBeLessThanOrEqual(before);
  });

  it("answers 412 for a failed If-Match and 416 with the length (RFC 9110 §15.5.17)", async () => {
    const handler = staticFiles(temporarySite({ "a.txt": "12345" }));
    expect((await ask(handler, "/a.txt", { headers: { "If-Match": '"x"' } })).status).toBe(412);
    const answer = await ask(handler, "/a.txt", { headers: { Range: "bytes=5-" } });
    expect(answer.status).toBe(416);
    expect(answer.headers.get("content-range")).toBe("bytes */5");
  });

  it.each([
    ["bytes=0-0", "0", "bytes 0-0/10"],
    ["bytes=2-4", "234", "bytes 2-4/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-3", "789", "bytes 7-9/10"],
    ["bytes=-99", "0123456789", "bytes 0-9/10"],
    ["bytes=8-99", "89", "bytes 8-9/10"],
  ])("sends %s", async (range, text, contentRange) => {
    const handler = staticFiles(temporarySite({ "a.txt": "0123456789" }));
    const answer = await ask(handler, "/a.txt", { headers: { Range: range } });
    expect(answer).toMatchObject({ status: 206, text });
    expect(answer.headers.get("content-range")).toBe(contentRange);
  });

  it.each([
    ["in memory", 1024 * 1024],
    ["from the disk", 0],
  ])("sends several ranges as multipart/byteranges, %s", async (_, maxFileBytes) => {
    const root = temporarySite({ "a.txt": Buffer.from("0123456789".repeat(100)) });
    const handler = staticFiles(root, { cache: { maxFileBytes } });
    const answer = await ask(handler, "/a.txt", { headers: { Range: "bytes=500-502,0-1,-2" } });
    expect(answer.status).toBe(206);
    const boundary = /^multipart\/byteranges; boundary=(.+)$/.exec(answer.headers.get("content-type") ?? "")?.[1];
    const part = (range: string, text: string): string =>
      `--${boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes ${range}/1000\r\n\r\n${text}\r\n`;
    expect(answer.text).toBe(
      `${part("500-502", "012")}${part("0-1", "01")}${part("998-999", "89")}--${boundary}--\r\n`,
    );
    expect(answer.headers.get("content-range")).toBeNull();
  });

  it("answers a thousand ranges with the whole file", async () => {
    const handler = staticFiles(temporarySite({ "large.bin": LARGE }));
    const range = `bytes=${Array.from({ length: 1000 }, (_, i) => `${i * 1000}-${i * 1000}`).join(",")}`;
    const answer = await ask(handler, "/large.bin", { headers: { Range: range } });
    expect(answer.status).toBe(200);
    expect(answer.bytes.length).toBe(LARGE.length);
  });

  it("follows a symlink inside the root and none that leaves it", async () => {
    const outside = temporarySite({ "secret.txt": "secret", "d/secret.txt": "secret" });
    const root = temporarySite({ "real/a.txt": "a" });
    symlinkSync("real", join(root, "inside"));
    symlinkSync(join(outside, "secret.txt"), join(root, "last"));
    symlinkSync(join(outside, "d"), join(root, "ancestor"));
    const handler = staticFiles(root, { listing: true });
    expect((await ask(handler, "/inside/a.txt")).text).toBe("a");
    for (const target of ["/last", "/ancestor", "/ancestor/", "/ancestor/secret.txt"]) {
      expect((await ask(handler, target)).status).toBe(404);
    }
    const following = staticFiles(root, { followSymlinks: true });
    expect((await ask(following, "/last")).text).toBe("secret");
    expect((await ask(following, "/ancestor/secret.txt")).text).toBe("secret");
  });

  it("serves a single file at the top and under its name", async () => {
    const root = temporarySite({ "one.html": "1", "two.txt": "2" });
    const handler = staticFiles(join(root, "one.html"));
    for (const target of ["/", "/one.html"]) {
      const answer = await ask(handler, target);
      expect(answer.text).toBe("1");
      expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    }
    for (const target of ["/two.txt", "/one", "/one.html/", "/x/one.html"]) {
      expect((await ask(handler, target)).status).toBe(404);
    }
  });

  it("serves below a base path alone", async () => {
    const handler = staticFiles(temporarySite({ "index.html": "i", "d/index.html": "d" }), { basePath: "/docs/" });
    expect((await ask(handler, "/docs/")).text).toBe("i");
    expect((await ask(handler, "/docs?q")).headers.get("location")).toBe("/docs/?q");
    expect((await ask(handler, "/docs/d")).headers.get("location")).toBe("/docs/d/");
    expect((await ask(handler, "/docsd/")).status).toBe(404);
    expect((await ask(handler, "/")).status).toBe(404);
  });

  it("prefers a page over a directory with clean URLs", async () => {
    const root = temporarySite({
      "a.html": "a",
      "b/index.html": "b",
      "c.html": "c",
      "c/index.html": "c index",
      d: "d",
    });
    const handler = staticFiles(root, { cleanUrls: true });
    expect((await ask(handler, "/a")).text).toBe("a");
    expect((await ask(handler, "/b")).headers.get("location")).toBe("/b/");
    expect((await ask(handler, "/c")).text).toBe("c");
    expect((await ask(handler, "/d")).text).toBe("d");
    expect((await ask(handler, "/a.html")).text).toBe("a");
    putFile(join(root, "a"), "now a file");
  });
});
