import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needs, serve, type Served } from "./program.ts";

const CHROMIUM = "/usr/bin/chromium";
needs(CHROMIUM, "chromium");
const PYTHON_DOCS = "/usr/share/doc/python3-doc/html";
needs(PYTHON_DOCS, "python3-doc");

const OFFLINE = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let profile: string;
let browser: BrowserContext;
let served: Served;

beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), "tinyhttp-chromium-"));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: OFFLINE,
  });
  served = await serve([PYTHON_DOCS, "--follow-symlinks"]);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
  rmSync(profile, { recursive: true, force: true });
});

/** Opens a page and gathers whatever went wrong on it. */
async function troubleOn(path: string, then: (page: Page) => Promise<void> = async () => {}): Promise<string[]> {
  const page = await browser.newPage();
  const trouble: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => trouble.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => trouble.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`${response.url()}: ${response.status()}`);
  });
  await page.goto(new URL(path, served.url).href, { waitUntil: "networkidle" });
  await then(page);
  await page.close();
  return trouble;
}

// Each page waits for half a second of silence; together they wait once.
describe.concurrent("Chromium on the Python documentation", { timeout: 120_000 }, () => {
  it.each([
    ["index.html"],
    ["contents.html"],
    ["genindex-all.html"],
    ["py-modindex.html"],
    ["library/functions.html"],
    ["library/asyncio.html"],
    ["reference/grammar.html"],
    ["tutorial/index.html"],
    ["whatsnew/3.11.html"],
    ["howto/regex.html"],
  ])("shows %s without an error or a failed request", async (path) => {
    expect(await troubleOn(path)).toEqual([]);
  });

  it("runs the search, which loads an index of several megabytes", async () => {
    const trouble = await troubleOn("search.html?q=asyncio", async (page) => {
      await page.waitForSelector("ul.search li a");
    });
    expect(trouble).toEqual([]);
  });

  it("shows a directory as a list, without an error or a failed request", async () => {
    const trouble = await troubleOn("_static/", async (page) => {
      expect(await page.getByRole("link", { name: "pygments.css" }).count()).toBe(1);
    });
    expect(trouble).toEqual([]);
  });
});
