import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { needs, PROGRAM, run, Running, Served, serve } from "./program.ts";
import { TemporarySite } from "./site.ts";

needs("/usr/bin/curl", "curl");

describe("tinyhttp [serve] [root]", () => {
  it("prints exactly one line without a terminal, the URL, and serves the directory there", async () => {
    using site = new TemporarySite({ "index.html": "<h1>home</h1>", "a/b.txt": "text" });
    const served = await serve(["serve", site.root]);
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const home = await fetch(served.url);
    expect(home.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await home.text()).toBe("<h1>home</h1>");
    expect(await (await fetch(`${served.url}a/b.txt`)).text()).toBe("text");
    expect(await served.stop()).toEqual({ code: 0, signal: null, stdout: `${served.url}\n`, stderr: "" });
  });

  it("serves the working directory when nothing is named", async () => {
    using site = new TemporarySite({ "here.txt": "here" });
    await using served = await serve([], { cwd: site.root });
    expect(await (await fetch(`${served.url}here.txt`)).text()).toBe("here");
  });

  it("serves a single file", async () => {
    using site = new TemporarySite({ "one.txt": "one", "two.txt": "two" });
    await using served = await serve([join(site.root, "one.txt")]);
    expect(await (await fetch(served.url)).text()).toBe("one");
    expect((await fetch(`${served.url}two.txt`)).status).toBe(404);
  });

  it("takes the next port when the default is in use", async () => {
    using site = new TemporarySite();
    await using first = await Served.start([site.root]);
    await using second = await Served.start([site.root]);
    const [lower = 0, higher = 0] = [first, second].map(({ url }) => Number(new URL(url).port));
    expect(lower).toBeGreaterThanOrEqual(6789);
    expect(higher).toBeGreaterThan(lower);
  });

  it("warns on standard error when the network can read the files", async () => {
    using site = new TemporarySite();
    await using served = await serve(["--mode", "public", "--host", "0.0.0.0", site.root]);
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    await served.printed(
      /^tinyhttp: Public mode: everybody who can reach this address may read everything served here\.?\n$/,
      "stderr",
    );
  });

  it("serves on IPv6", async () => {
    using site = new TemporarySite({ "a.txt": "a" });
    await using served = await serve(["--host", "::1", site.root]);
    expect(served.url).toMatch(/^http:\/\/\[::1\]:\d+\/$/);
    expect(await (await fetch(`${served.url}a.txt`)).text()).toBe("a");
    expect(served.stderr).toBe("");
  });
});

describe("options of what is served", () => {
  const files = {
    "home.htm": "home",
    "index.html": "index",
    "about.html": "about",
    "empty/a.txt": "a",
    ".hidden": "hidden",
    "data.json": JSON.stringify(Array.from({ length: 500 }, (_, number) => ({ number }))),
  };

  async function answer(args: string[], path: string, headers: Record<string, string> = {}): Promise<Response> {
    using site = new TemporarySite(files);
    await using served = await serve([site.root, ...args]);
    const response = await fetch(new URL(path, served.url), { headers, redirect: "manual" });
    // All of it, before the server ends.
    return new Response(await response.arrayBuffer().then((body) => (body.byteLength === 0 ? null : body)), response);
  }

  async function navigate(args: string[], path = "some/route"): Promise<string> {
    using site = new TemporarySite(files);
    await using served = await serve([site.root, ...args]);
    return (await run(["/usr/bin/curl", "--silent", "-H", "Accept: text/html", served.url + path])).stdout;
  }

  it("--index names the files that stand for a directory", async () => {
    expect(await (await answer(["--index", "none.html", "--index", "home.htm"], "/")).text()).toBe("home");
  });

  it("--listing is on, and --no-listing turns it off", async () => {
    expect(await (await answer([], "/empty/")).text()).toContain("a.txt");
    expect((await answer(["--no-listing"], "/empty/")).status).toBe(404);
  });

  it("--spa answers navigations with the index", async () => {
    // A fetch is no navigation, and says so; a client that says nothing is taken at what it accepts.
    expect(await navigate([])).not.toBe("index");
    expect(await navigate(["--spa"])).toBe("index");
  });

  it("--spa lists no directory, which may be called like a path of the app, unless --listing asks for it", async () => {
    expect(await navigate(["--spa"], "empty/")).toBe("index");
    expect(await navigate(["--spa", "--listing"], "empty/")).toContain("a.txt");
  });

  it("--clean-urls finds about.html under /about", async () => {
    expect((await answer([], "/about")).status).toBe(404);
    expect(await (await answer(["--clean-urls"], "/about")).text()).toBe("about");
  });

  it("--dotfiles serves names that begin with a dot", async () => {
    expect((await answer([], "/.hidden")).status).toBe(404);
    expect(await (await answer(["--dotfiles"], "/.hidden")).text()).toBe("hidden");
  });

  it("--follow-symlinks follows links out of the root", async () => {
    expect((await answer([], "/link.txt")).status).toBe(404);
    expect(await (await answer(["--follow-symlinks"], "/link.txt")).text()).toBe(TemporarySite.SECRET);
  });

  it("--base-path puts the root under a path, and the URL says so", async () => {
    using site = new TemporarySite(files);
    await using served = await serve([site.root, "--base-path", "/docs"]);
    expect(new URL(served.url).pathname).toBe("/docs/");
    expect(await (await fetch(`${served.url}about.html`)).text()).toBe("about");
    expect((await fetch(new URL("/about.html", served.url))).status).toBe(404);
  });

  it("--cache-control and --header add what they say", async () => {
    const { headers } = await answer(
      ["--cache-control", "max-age=60", "-H", "X-One: 1", "--header", "X-Two: a: b", "-H", "X-Two: c"],
      "/about.html",
    );
    expect(headers.get("cache-control")).toBe("max-age=60");
    expect(headers.get("x-one")).toBe("1");
    expect(headers.get("x-two")).toBe("a: b, c");
  });

  it("--cors lets pages of any site read", async () => {
    const origin = { origin: "http://elsewhere.example" };
    expect((await answer([], "/about.html", origin)).headers.get("access-control-allow-origin")).toBeNull();
    expect((await answer(["--cors"], "/about.html", origin)).headers.get("access-control-allow-origin")).toBe("*");
  });

  it("--no-compress sends everything as it is", async () => {
    const gzip = { "accept-encoding": "gzip" };
    expect((await answer([], "/data.json", gzip)).headers.get("content-encoding")).toBe("gzip");
    expect((await answer(["--no-compress"], "/data.json", gzip)).headers.get("content-encoding")).toBeNull();
  });

  it("--quiet prints nothing", async () => {
    using site = new TemporarySite(files);
    // Nobody says where it listens, so the port has to be known beforehand.
    const probe = createServer().listen(0, "127.0.0.1");
    const address = await new Promise<number>((resolve) => {
      probe.on("listening", () => {
        const bound = probe.address();
        resolve(typeof bound === "object" && bound !== null ? bound.port : 0);
      });
    });
    await new Promise((resolve) => probe.close(resolve));
    const quiet = new Running([...PROGRAM, site.root, "--quiet", "--port", String(address)]);
    await expect
      .poll(() =>
        fetch(`http://127.0.0.1:${address}/`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
    expect(await quiet.stop()).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
  });
});

describe("--handler", () => {
  it.each([
    ["a handler", "export default (request) => ({ status: 200, body: `path ${request.path}` })"],
    ["a factory", "export const createHandler = async () => ({ path }) => ({ status: 200, body: `path ${path}` })"],
    ["a fetch object", "export default { fetch: ({ url }) => new Response(`path ${new URL(url).pathname}`) }"],
  ])("serves %s", async (_, source) => {
    using site = new TemporarySite({ "app.mjs": source });
    await using served = await serve(["--handler", "./app.mjs"], { cwd: site.root });
    expect(await (await fetch(`${served.url}tea`)).text()).toBe("path /tea");
  });

  it("serves a module written in TypeScript", async () => {
    using site = new TemporarySite({
      "app.ts": "export default ({ path }: { path: string }): object => ({ status: 201, body: path });",
      "package.json": '{ "type": "module" }',
    });
    await using served = await serve(["--handler", "app.ts"], { cwd: site.root });
    expect((await fetch(`${served.url}x`)).status).toBe(201);
  });

  it("answers 500 without the reason, and gives the reason on standard error", async () => {
    using site = new TemporarySite({ "app.mjs": "export default () => { throw new Error('s3cret \\u001b[2J') }" });
    await using served = await serve(["--handler", "app.mjs"], { cwd: site.root });
    const response = await fetch(`${served.url}x`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("s3cret");
    await served.printed(/^tinyhttp: Cannot answer GET \/x: s3cret \\x1b\[2J\n$/, "stderr");
  });

  it("serves a Hono app", async () => {
    using site = new TemporarySite();
    const hono = import.meta.resolve("hono");
    const source = `import { Hono } from ${JSON.stringify(hono)};
      const app = new Hono();
      app.get("/hello/:name", (c) => c.json({ hello: c.req.param("name") }));
      export default app;`;
    writeFileSync(join(site.root, "app.mjs"), source);
    await using served = await serve(["--handler", "app.mjs"], { cwd: site.root });
    expect(await (await fetch(`${served.url}hello/tea`)).json()).toEqual({ hello: "tea" });
  });
});
