import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const SITE = fileURLToPath(new URL("../dist/site", import.meta.url));
const PROGRAM = fileURLToPath(new URL("../../apps/cli/src/main.ts", import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
if (!existsSync(SITE)) throw new Error("Cannot test the documentation site: build it first (pnpm run build)");

let browser: Browser;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  const args = ["--conditions=@tinyhttp/source", PROGRAM, SITE, "--clean-urls", "--port", "0"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  server = child;
  const [line] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  url = line.trim().replace(/\/$/, "");
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});

afterAll(async () => {
  await browser?.close();
  server?.kill("SIGKILL");
});

/** What the console, the network and axe have to say against a page. */
async function troubleOn(path: string, options: BrowserContextOptions, then?: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("requestfailed", (request) => trouble.push(`${request.url()}: ${request.failure()?.errorText}`));
  await page.goto(`${url}${path}`, { waitUntil: "networkidle" });
  await then?.(page);
  await page.evaluate(AXE);
  const violations = await page.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ").slice(0, 300)))`);
  await context.close();
  return [...trouble, ...violations];
}

const LIGHT = { viewport: { width: 1280, height: 900 } };
const DARK = { ...LIGHT, colorScheme: "dark" } as const;
const PHONE = { viewport: { width: 390, height: 844 } };

describe("the documentation site, served by tinyhttp", () => {
  it.each([
    "/",
    "/about",
    "/quick-start",
    "/modes",
    "/options",
    "/speed",
    "/compared",
    "/recipes",
    "/architecture",
    "/rfc-coverage",
    "/packages/",
    "/packages/cli",
    "/packages/http-parser",
    "/api/http-parser/",
    "/decisions/",
    "/no-such-page",
  ])("has no error and nothing in anybody's way on %s", async (path) => {
    const trouble = await troubleOn(path, LIGHT);
    // Chromium reports the status of a page that is not there as an error of its own.
    expect(trouble.filter((text) => !(path === "/no-such-page" && text.includes("404 (Not Found)")))).toEqual([]);
  });

  it.each(["/", "/quick-start", "/try-the-parser", "/options"])(
    "neither in the dark nor on a phone: %s",
    async (path) => {
      expect(await troubleOn(path, DARK)).toEqual([]);
      expect(await troubleOn(path, PHONE)).toEqual([]);
    },
  );

  it("reads bytes in the page, with the parser itself", async () => {
    const trouble = await troubleOn("/try-the-parser", LIGHT, async (page) => {
      await page.getByText("5 bytes: hello").waitFor();
      await page.getByRole("button", { name: "Smuggled" }).click();
      await page.getByText(/transfer-encoding-with-length: .*RFC 9112 §6\.3/).waitFor();
      await page.getByLabel("Request").fill("GET /typed HTTP/1.1\nHost: a\n\n");
      await page.getByText("GET /typed, no content").waitFor();
    });
    expect(trouble).toEqual([]);
  });

  it("finds a word in all pages", async () => {
    const context = await browser.newContext(LIGHT);
    const page = await context.newPage();
    await page.goto(`${url}/`, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Search" }).click();
    await page.locator("#localsearch-input").fill("obs-fold");
    await page.locator(".VPLocalSearchBox .result").first().click();
    await page.waitForURL(/http-parser|rfc-coverage|other-servers/);
    await context.close();
  });

  it("shows its first page without script", async () => {
    const context = await browser.newContext({ ...LIGHT, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${url}/`);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("tinyhttp");
    await page.getByRole("link", { name: "Quick start" }).first().click();
    await page.waitForURL(`${url}/quick-start`);
    await context.close();
  });
});
