import { join } from "node:path";
import { staticFiles } from "@tinyhttp/static-files";
import { describe, expect, it } from "vitest";
import { ask, fakeRequest } from "./fake-request.ts";
import { temporarySite } from "./temporary-site.ts";

const BROWSER = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

describe("a single-page application", () => {
  const files = { "index.html": "app", "a.js": "script", "404.html": "gone" };

  it("answers navigations to paths that do not exist", async () => {
    const handler = staticFiles(temporarySite(files), { spa: true });
    for (const [target, headers] of [
      ["/users/7", BROWSER],
      ["/users/7", {}],
      ["/users/7/", BROWSER],
      ["/v1.2", BROWSER],
    ] as const) {
      const answer = await ask(handler, target, { headers });
      expect(answer).toMatchObject({ status: 200, text: "app" });
      expect(answer.headers.get("vary")).toBe("Accept, Sec-Fetch-Mode");
    }
  });

  it("answers other requests as they are", async () => {
    const handler = staticFiles(temporarySite(files), { spa: true });
    expect((await ask(handler, "/a.js")).text).toBe("script");
    const missing = await ask(handler, "/b.js");
    expect(missing).toMatchObject({ status: 404, text: "gone" });
    expect(missing.headers.get("vary")).toBe("Accept, Sec-Fetch-Mode");
    const api = await ask(handler, "/api/users", { headers: { Accept: "application/json" } });
    expect(api).toMatchObject({ status: 404, text: "gone" });
    expect((await ask(handler, "/.env", { headers: BROWSER })).text).toBe("app");
  });

  it("sends its page with conditions like any other", async () => {
    const handler = staticFiles(temporarySite(files), { spa: "/index.html" });
    const { headers } = await ask(handler, "/x");
    const etag = headers.get("etag") ?? "";
    expect((await ask(handler, "/y", { headers: { "If-None-Match": etag } })).status).toBe(304);
  });

  it("may be one file, under any name", async () => {
    const handler = staticFiles(join(temporarySite({ "app.html": "app" }), "app.html"), { spa: true });
    expect(await ask(handler, "/users/7", { headers: BROWSER })).toMatchObject({ status: 200, text: "app" });
    expect((await ask(handler, "/users/7", { headers: { Accept: "application/json" } })).status).toBe(404);
  });

  it("is a 404 while its page is missing", async () => {
    const handler = staticFiles(temporarySite(), { spa: true });
    const answer = await ask(handler, "/x", { headers: BROWSER });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("vary")).toBe("Accept, Sec-Fetch-Mode");
  });
});

describe("cross-origin requests", () => {
  const preflight = { Origin: "https://a.example", "Access-Control-Request-Method": "GET" };

  it("are open to all when told so, also for what is missing", async () => {
    const handler = staticFiles(temporarySite({ a: "a" }), { cors: true });
    for (const target of ["/a", "/nothing"]) {
      const answer = await ask(handler, target, { headers: { Origin: "https://a.example" } });
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    }
    const answer = await ask(handler, "/a", { method: "OPTIONS", headers: preflight });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-methods")).toBe("GET, HEAD");
  });

  it("are open to the origins in a list", async () => {
    const handler = staticFiles(temporarySite({ a: "a" }), { cors: ["https://a.example"] });
    for (const method of ["GET", "HEAD", "OPTIONS"]) {
      for (const [origin, allowed] of [
        ["https://a.example", "https://a.example"],
        ["https://b.example", null],
      ] as const) {
        const answer = await ask(handler, "/a", { method, headers: { ...preflight, Origin: origin } });
        expect(answer.headers.get("access-control-allow-origin")).toBe(allowed);
        expect(answer.headers.get("vary")).toBe("Origin");
      }
    }
  });

  it("are closed when nothing is said", async () => {
    const handler = staticFiles(temporarySite({ a: "a" }));
    const answer = await ask(handler, "/a", { method: "OPTIONS", headers: preflight });
    expect(answer.headers.get("access-control-allow-methods")).toBeNull();
    expect((await ask(handler, "/a", { headers: preflight })).headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("names without a known extension", () => {
  it.each([
    ["in memory", {}],
    ["from the disk", { cache: false }],
  ] as const)("are text or bytes by content, never a page, %s", async (_, options) => {
    const root = temporarySite({ LICENSE: "text é", page: "<html><script>", blob: Buffer.from([0, 1, 2, 255]) });
    const handler = staticFiles(root, options);
    expect((await ask(handler, "/LICENSE")).headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect((await ask(handler, "/page")).headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect((await ask(handler, "/blob")).headers.get("content-type")).toBe("application/octet-stream");
  });
});

describe("other options", () => {
  it("show untrusted pages in a sandbox, their own 404 page too", async () => {
    const handler = staticFiles(temporarySite({ "a.html": "<script>", "404.html": "gone" }), { untrusted: true });
    for (const target of ["/a.html", "/nothing"]) {
      const answer = await ask(handler, target);
      expect(answer.headers.get("content-security-policy")).toMatch(/^sandbox;/);
    }
  });

  it("serve dotfiles when told to", async () => {
    const handler = staticFiles(temporarySite({ ".env": "a", ".git/x": "b" }), { dotfiles: "served" });
    expect((await ask(handler, "/.env")).text).toBe("a");
    expect((await ask(handler, "/.git/x")).text).toBe("b");
  });

  it("leave out index files and the 404 page", async () => {
    const root = temporarySite({ "index.html": "i", "404.html": "gone", "d/default.htm": "d" });
    expect((await ask(staticFiles(root, { index: false }), "/")).status).toBe(404);
    expect((await ask(staticFiles(root, { index: ["default.htm"] }), "/d/")).text).toBe("d");
    expect((await ask(staticFiles(root, { notFoundPage: false }), "/x")).text).toBe("404 Not Found\n");
    expect((await ask(staticFiles(root, { notFoundPage: "/d/default.htm" }), "/x")).text).toBe("d");
  });

  it("are refused at once when they cannot be used", () => {
    const root = temporarySite();
    expect(() => staticFiles(root, { basePath: "x" })).toThrow(TypeError);
    expect(() => staticFiles(root, { headers: { "a b": "c" } })).toThrow(TypeError);
    expect(() => staticFiles(join(root, "nothing"))).toThrow(expect.objectContaining({ code: "root-not-found" }));
  });

  it("do not keep a request's path that cannot be read from being a 400", () => {
    expect(() => fakeRequest("/%2f")).toThrow(expect.objectContaining({ status: 400 }));
  });
});
