import { once } from "node:events";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { get, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { describe, expect, it } from "vitest";
import { needs, runProgram, serve } from "./program.ts";
import { TemporarySite } from "./site.ts";

const CHROMIUM = "/usr/bin/chromium";
needs(CHROMIUM, "chromium");

const NAVIGATION = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Encoding": "gzip" };
const PAGE = "<!doctype html><title>a page</title><p>one";
const SCRIPT = /<p>one\n<script src="\/\.tinyhttp\/reload\.js\?([\w-]+)" async><\/script>\n$/;

/** What a browser sends when a person goes to a page; `fetch` of Node says that it is a script's. */
async function goTo(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ readonly status: number | undefined; readonly headers: IncomingHttpHeaders; readonly text: string }> {
  const [response] = (await once(get(url, { headers: { ...NAVIGATION, ...headers } }), "response")) as [
    IncomingMessage,
  ];
  let text = "";
  for await (const part of response.setEncoding("utf8")) text += part as string;
  return { status: response.statusCode, headers: response.headers, text };
}

/** Until so many events have come. */
async function eventsFrom(url: string, count: number, afterFirst: () => void): Promise<string[]> {
  const abort = new AbortController();
  const response = await fetch(`${url}.tinyhttp/changes`, { signal: abort.signal });
  const events: string[] = [];
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    events.push(...[...text.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => data));
    if (events.length === 1) afterFirst();
    if (events.length >= count) break;
  }
  abort.abort();
  return events;
}

describe("--watch", () => {
  it("puts a script behind a page that a person goes to, and behind nothing else", async () => {
    using site = new TemporarySite({ "index.html": PAGE, "a.txt": "text", "404.html": "none" });
    await using served = await serve([site.root, "--watch"]);
    const page = await goTo(served.url);
    expect(page.text).toMatch(SCRIPT);
    expect(page.headers).toMatchObject({ "cache-control": "no-store", "content-length": String(page.text.length) });
    expect(page.headers).not.toHaveProperty("etag");
    expect(page.headers).not.toHaveProperty("content-encoding");

    expect(await (await fetch(served.url)).text()).toBe(PAGE);
    expect((await goTo(`${served.url}a.txt`)).text).toBe("text");
    expect((await goTo(`${served.url}none`)).text).not.toContain("reload.js");
    const head = await fetch(served.url, { method: "HEAD", headers: NAVIGATION });
    expect(head.headers.get("content-length")).toBe(String(PAGE.length));
  });

  it("sends the whole page to a browser that has it without the script, or a part", async () => {
    using site = new TemporarySite({ "index.html": PAGE });
    await using served = await serve([site.root, "--watch"]);
    const etag = (await fetch(served.url)).headers.get("etag") ?? "";
    expect(etag).not.toBe("");
    const conditions: Record<string, string>[] = [{ "If-None-Match": etag }, { Range: "bytes=0-3" }];
    for (const condition of conditions) {
      const page = await goTo(served.url, condition);
      expect(page.status).toBe(200);
      expect(page.text).toMatch(SCRIPT);
    }
    expect((await fetch(served.url, { headers: { "If-None-Match": etag } })).status).toBe(304);
  });

  it("works with --spa, below a base path, and on a list of files that has a strict policy", async () => {
    using site = new TemporarySite({ "index.html": PAGE, "sub/a.txt": "" });
    await using served = await serve([site.root, "--watch", "--spa", "--listing", "--base-path", "/docs"]);
    expect((await goTo(`${served.url}some/route`)).text).toMatch(
      /<script src="\/docs\/\.tinyhttp\/reload\.js\?[\w-]+" async>/,
    );
    const list = await goTo(`${served.url}sub/`);
    const nonce = /'nonce-([^']+)'/.exec(String(list.headers["content-security-policy"]))?.[1] ?? "no nonce";
    expect(list.text).toContain(`nonce="${nonce}" async></script>`);
    expect((await fetch(`${served.url}.tinyhttp/reload.js`)).headers.get("content-type")).toMatch(/^text\/javascript/);
  });

  it("tells of a change once, however many files change at once, and not of what no page shows", async () => {
    using site = new TemporarySite({ "index.html": PAGE, ".git/index": "", "node_modules/a.js": "" });
    await using served = await serve([site.root, "--watch"]);
    const [first, second, ...more] = await eventsFrom(served.url, 2, () => {
      site.write(".git/index", "changed");
      site.write("node_modules/a.js", "changed");
      setTimeout(() => {
        site.write("index.html", `${PAGE}!`);
        site.write("new/style.css", "");
      }, 300);
    });
    expect(second).not.toBe(first);
    expect(more).toEqual([]);
    expect(second?.split("-")[1]).toBe("1");
  });

  it("follows one file through being replaced", async () => {
    using site = new TemporarySite({ "report.html": PAGE });
    const file = join(site.root, "report.html");
    await using served = await serve([file, "--watch"]);
    const [first, second] = await eventsFrom(served.url, 2, () => {
      site.write("report.html~", "two");
      renameSync(`${file}~`, file);
    });
    expect(second).not.toBe(first);
  });

  it("does not wait for open pages when it ends", async () => {
    using site = new TemporarySite({ "index.html": PAGE });
    const served = await serve([site.root, "--watch"]);
    const listening = await fetch(`${served.url}.tinyhttp/changes`);
    const startedAt = performance.now();
    expect(await served.stop()).toMatchObject({ code: 0 });
    expect(await listening.text()).toMatch(/^retry: 1000\ndata: /);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it("is refused with --threads, and for a module", async () => {
    expect(await runProgram(["--watch", "--threads", "2"])).toMatchObject({
      code: 2,
      stderr: "tinyhttp: Cannot be --watch and --threads at once: leave one of them out\n",
    });
    expect((await runProgram(["--watch", "--handler", "app.js"])).code).toBe(2);
  });

  it.each([
    ["that come without a policy, and a list of files that has its own", []],
    ["of a site that has a strict policy", ["--header", "Content-Security-Policy: default-src 'self'"]],
  ])("shows what was written in a browser, on pages %s", { timeout: 60_000 }, async (_, options) => {
    using site = new TemporarySite({ "index.html": PAGE, "favicon.ico": "", "sub/a.txt": "" });
    await using served = await serve([site.root, "--watch", ...options]);
    const profile = mkdtempSync(join(tmpdir(), "tinyhttp-chromium-"));
    const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
    const browser = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      headless: true,
      args,
    });
    try {
      const page = await browser.newPage();
      const trouble: string[] = [];
      page.on("console", (message) => trouble.push(message.text()));
      page.on("pageerror", (error) => trouble.push(error.message));
      const listening = page.waitForRequest(/changes$/);
      await page.goto(served.url);
      await listening;
      for (const word of ["two", "three"]) {
        site.write("index.html", PAGE.replace("one", word));
        await page.waitForSelector(`text=${word}`);
      }
      await page.goto(`${served.url}sub/`);
      site.write("sub/new.txt", "");
      await page.waitForSelector("text=new.txt");
      expect(trouble).toEqual([]);
    } finally {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    }
  });
});
