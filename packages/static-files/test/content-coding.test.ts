import { createHash } from "node:crypto";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { Handler } from "@tinyhttp/handler";
import { staticFiles } from "@tinyhttp/static-files";
import { describe, expect, it } from "vitest";
import { ask, fakeRequest, type Answer } from "./fake-request.ts";
import { openDescriptors, putFile, temporarySite } from "./temporary-site.ts";

const TEXT = "A sentence that compresses well. ".repeat(100);
const accepting = (handler: Handler, codings: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(handler, "/a.txt", { headers: { "Accept-Encoding": codings, ...headers } });

describe("content codings made on the fly", () => {
  it.each([
    ["br", brotliDecompressSync],
    ["zstd", zstdDecompressSync],
    ["gzip", gunzipSync],
  ])("sends %s, with a tag of its own and Vary", async (coding, unpack) => {
    const handler = staticFiles(temporarySite({ "a.txt": TEXT }));
    const plain = await ask(handler, "/a.txt");
    const coded = await accepting(handler, coding);
    expect(coded.headers.get("content-encoding")).toBe(coding);
    expect(coded.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(unpack(coded.bytes).toString()).toBe(TEXT);
    expect(coded.headers.get("etag")).toMatch(new RegExp(`^"[\\w-]{22}-${coding}"$`));
    expect(plain.headers.get("vary")).toBe("Accept-Encoding");
    expect(coded.headers.get("vary")).toBe("Accept-Encoding");
    expect(plain.headers.get("content-encoding")).toBeNull();
  });

  it("compresses once, also for many at the same time, and then answers at once", async () => {
    const handler = staticFiles(temporarySite({ "a.txt": TEXT }), { cache: { revalidateMs: 60_000 } });
    const request = fakeRequest("/a.txt", { headers: { "Accept-Encoding": "br" } });
    const [first, ...others] = await Promise.all(Array.from({ length: 20 }, async () => handler(request)));
    expect(others.every((other) => other === first)).toBe(true);
    expect(handler(request)).toBe(first);
  });

  it("sends ranges and 304 of the coded form", async () => {
    const handler = staticFiles(temporarySite({ "a.txt": TEXT }));
    const whole = await accepting(handler, "gzip");
    const part = await accepting(handler, "gzip", { Range: "bytes=2-5" });
    expect(part.status).toBe(206);
    expect(part.bytes.equals(whole.bytes.subarray(2, 6))).toBe(true);
    expect(part.headers.get("content-range")).toBe(`bytes 2-5/${whole.bytes.length}`);
    const etag = whole.headers.get("etag") ?? "";
    expect((await accepting(handler, "gzip", { "If-None-Match": etag })).status).toBe(304);
    expect((await accepting(handler, "br", { "If-None-Match": etag })).status).toBe(200);
    expect((await accepting(handler, "identity", { Range: "bytes=2-5", "If-Range": etag })).status).toBe(200);
  });

  it("negotiates nothing where there is nothing to gain", async () => {
    const root = temporarySite({ "a.txt": "short", "b.png": Buffer.alloc(5000), "c.txt": TEXT });
    const headers = { "Accept-Encoding": "br, gzip" };
    for (const [handler, target] of [
      [staticFiles(root), "/a.txt"],
      [staticFiles(root), "/b.png"],
      [staticFiles(root, { compress: false }), "/c.txt"],
      [staticFiles(root, { cache: false }), "/c.txt"],
      [staticFiles(root, { cache: { maxFileBytes: 1000 } }), "/c.txt"],
    ] as const) {
      const answer = await ask(handler, target, { headers });
      expect(answer.headers.get("content-encoding")).toBeNull();
      expect(answer.headers.get("vary")).toBeNull();
    }
  });

  it("falls back when coding makes a file no smaller", async () => {
    const noise = Buffer.concat(Array.from({ length: 20 }, (_, i) => createHash("sha256").update(`${i}`).digest()));
    const handler = staticFiles(temporarySite({ "a.txt": noise }));
    const answer = await accepting(handler, "gzip, br");
    expect(answer.bytes.equals(noise)).toBe(true);
    expect(answer.headers.get("content-encoding")).toBeNull();
    expect(answer.headers.get("vary")).toBe("Accept-Encoding");
  });

  it("answers 406 when the client accepts nothing that there is", async () => {
    const handler = staticFiles(temporarySite({ "a.txt": "short" }));
    expect((await accepting(handler, "identity;q=0")).status).toBe(406);
    expect((await accepting(handler, "gzip, *;q=0")).status).toBe(406);
  });
});

describe("files compressed ahead of time", () => {
  it.each([
    ["in memory", {}],
    ["from the disk", { cache: { maxFileBytes: 0 } }],
    ["without a cache", { cache: false }],
  ] as const)("are sent as they are, %s", async (_, options) => {
    const handler = staticFiles(temporarySite({ "a.txt": TEXT, "a.txt.br": "BR", "a.txt.gz": "GZIP" }), options);
    const before = openDescriptors();
    const br = await accepting(handler, "gzip, br");
    const gzip = await accepting(handler, "gzip");
    const plain = await accepting(handler, "identity");
    expect(br).toMatchObject({ status: 200, text: "BR" });
    expect(gzip).toMatchObject({ status: 200, text: "GZIP" });
    expect(plain).toMatchObject({ status: 200, text: TEXT });
    expect(br.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect([br, gzip, plain].map(({ headers }) => headers.get("vary"))).toEqual(Array(3).fill("Accept-Encoding"));
    expect(new Set([br, gzip, plain].map(({ headers }) => headers.get("etag"))).size).toBe(3);
    expect((await accepting(handler, "br;q=0, *;q=0")).status).toBe(406);
    const tail = await accepting(handler, "gzip", { Range: "bytes=-2" });
    expect(tail).toMatchObject({ status: 206, text: "IP" });
    await expect.poll(openDescriptors).toBeLessThanOrEqual(before);
  });

  it("come before a coding that has to be made", async () => {
    const handler = staticFiles(temporarySite({ "a.txt": TEXT, "a.txt.gz": "GZIP" }));
    expect((await accepting(handler, "br, gzip")).text).toBe("GZIP");
    expect((await accepting(handler, "br, gzip;q=0.5")).headers.get("content-encoding")).toBe("br");
  });

  it("are not sent once the original is newer, nor when switched off", async () => {
    const root = temporarySite({ "a.txt": "new", "a.txt.gz": "GZIP" });
    expect((await accepting(staticFiles(root, { precompressed: false }), "gzip")).text).toBe("new");
    putFile(join(root, "a.txt"), "newer", new Date("2025-06-02T00:00:00Z"));
    expect((await accepting(staticFiles(root), "gzip")).text).toBe("newer");
  });

  it("are noticed when they appear and change", async () => {
    const root = temporarySite({ "a.txt": "plain" });
    const handler = staticFiles(root, { cache: { revalidateMs: 0 } });
    expect((await accepting(handler, "gzip")).text).toBe("plain");
    putFile(join(root, "a.txt.gz"), "GZIP");
    expect((await accepting(handler, "gzip")).text).toBe("GZIP");
    putFile(join(root, "a.txt.gz"), "GZIP 2");
    expect((await accepting(handler, "gzip")).text).toBe("GZIP 2");
  });
});
