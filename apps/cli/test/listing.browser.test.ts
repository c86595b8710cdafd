/** The listing page as people meet it: in Chromium, by mouse and keyboard, with and without script. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync, crc32 } from "node:zlib";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Operator } from "./operator.ts";
import { needs, serve, type Served } from "./program.ts";

const CHROMIUM = "/usr/bin/chromium";
needs(CHROMIUM, "chromium");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const OFFLINE = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;
const MANY = 50_000;

const ATTACKS: readonly string[] = [
  "<img src=x onerror=document.title='ran'>.txt",
  "\"onmouseover=document.title='ran' x='.txt",
  "javascript:document.title='ran'.txt",
  "%2f..%2fsecret.txt",
  "new\nline.txt",
  "back\\slash.txt",
  "evil\u202etxt.exe.txt",
  "#fragment?query&x=1+2.txt",
  "مرحبا.txt",
  `${"x".repeat(251)}.txt`,
];

let root: string;
let browser: Browser;
let served: Served;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "tinyhttp-listing-"));
  writeSite();
  browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: OFFLINE });
  served = await serve([root, "--base-path", "/base path"]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.stop();
  rmSync(root, { recursive: true, force: true });
});

function writeSite(): void {
  const put = (name: string, content: string | Uint8Array): void => {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), content);
  };
  put("a/deep/er/x.txt", "x");
  put("notes 10.txt", "ten");
  put("notes 9.txt", "<script>document.title = 'ran'</script>\nnine");
  put("main.ts", "// comment\nexport const answer = 42;\n");
  put("large.bin", new Uint8Array(50_000));
  put("picture.png", png());
  put("photo.png", png());
  put(
    "drawing.svg",
    `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>parent.document.title='ran'</script></svg>`,
  );
  put("tone.wav", wav());
  put("film.mp4", "no film");
  put("paper.pdf", "%PDF-1.4\ntrailer<</Root 1 0 R>>\n");
  put("page.html", "<title>page</title>");
  put(
    "README.md",
    "# Hello *there*\n\n<script>document.title='ran'</script> [bad](javascript:alert(1)) ![p](picture.png)",
  );
  for (const name of ATTACKS) put(`attack/${name}`, `content of ${name}`);
  writeFileSync(Buffer.concat([Buffer.from(join(root, "attack/bad")), Buffer.from([0xff])]), "content of bad");
  mkdirSync(join(root, "attack/folder\nof two lines"));
  mkdirSync(join(root, "many"));
  // A file for each would take several seconds to write; links of a name cost less, and are entries like others.
  writeFileSync(join(root, "many/file 0.txt"), "");
  execFileSync("/bin/sh", [
    "-c",
    `cd "$0" && seq 1 ${MANY - 1} | sed 's/.*/file &.txt/' | tr '\\n' '\\0' | xargs -0 touch`,
    join(root, "many"),
  ]);
}

/** Opens a page of the site and hands it over; whatever went wrong on it is told at the end. */
async function onPage(
  path: string,
  use: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<string[]> {
  const context = await browser.newContext({ locale: "de-DE", timezoneId: "Europe/Berlin", ...options });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on("console", (message) => {
    // Asked for by the browser where a file is shown by itself, which has no icon.
    const isIcon = message.location().url.endsWith("/favicon.ico");
    if (message.type() === "error" && !isIcon) trouble.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => trouble.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => trouble.push(`dialog: ${dialog.message()}`));
  try {
    await page.goto(new URL(path, served.url).href, { waitUntil: "load" });
    await use(page);
    if ((await page.title()) === "ran") trouble.push("something ran");
  } finally {
    await context.close();
  }
  return trouble;
}

function names(page: Page): Promise<string[]> {
  return page.locator("tbody th > *:not(img)").allTextContents();
}

/** What an accessibility checker objects to; it is run beside the page, whose policy would not let it in. */
async function violations(page: Page): Promise<string[]> {
  const found = await page.evaluate(
    `(async () => { ${AXE}; return (await axe.run()).violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html)) })()`,
  );
  return found as string[];
}

async function expectSorted(page: Page, column: string, direction: string): Promise<void> {
  expect(await page.getByRole("columnheader", { name: column }).getAttribute("aria-sort")).toBe(direction);
  expect(await page.locator("[aria-sort]").count()).toBe(1);
}

describe("sorting", () => {
  it("orders in place, keeps folders first, and stays after a reload", async () => {
    const trouble = await onPage("", async (page) => {
      expect((await names(page)).slice(0, 5)).toEqual(["a/", "attack/", "many/", "drawing.svg", "film.mp4"]);
      const shown = await names(page);
      expect(shown.indexOf("notes 9.txt")).toBeLessThan(shown.indexOf("notes 10.txt"));
      const before = await page.evaluate(() => performance.timeOrigin);
      await page.getByRole("link", { name: "Size" }).click();
      expect((await names(page)).slice(0, 4)).toEqual(["a/", "attack/", "many/", "large.bin"]);
      await expectSorted(page, "Size", "descending");
      await page.getByRole("link", { name: "Size" }).click();
      expect((await names(page)).at(-1)).toBe("large.bin");
      expect(await page.evaluate(() => performance.timeOrigin)).toBe(before);
      await page.reload();
      await expectSorted(page, "Size", "ascending");
      expect((await names(page)).at(-1)).toBe("large.bin");
    });
    expect(trouble).toEqual([]);
  });
});

describe("filtering", () => {
  it("narrows as one types, says how many are left, and opens the first with Enter", async () => {
    const trouble = await onPage("", async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("NOTES");
      expect(await names(page)).toEqual(["notes 9.txt", "notes 10.txt"]);
      expect(await page.getByRole("status").textContent()).toMatch(/^2 of 1\d$/);
      await page.keyboard.type(" 9");
      expect(await names(page)).toEqual(["notes 9.txt"]);
      await page.keyboard.type("zzz");
      expect(await page.getByText("Nothing here has a name like that.").isVisible()).toBe(true);
      await page.keyboard.press("Escape");
      expect((await names(page)).length).toBeGreaterThan(10);
      await page.keyboard.type("notes 10");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: "notes 10.txt" }).waitFor();
    });
    expect(trouble).toEqual([]);
  });

  it("gets back what the server left out", async () => {
    const trouble = await onPage("?q=notes&sort=size&order=desc", async (page) => {
      expect(await names(page)).toEqual(["notes 9.txt", "notes 10.txt"]);
      await page.getByRole("searchbox").fill("notes 9");
      expect(await names(page)).toEqual(["notes 9.txt"]);
      await page.getByRole("searchbox").fill("main");
      await page.getByText(/^1 of/).waitFor();
      expect(await names(page)).toEqual(["main.ts"]);
      expect(new URL(page.url()).search).toBe("?sort=size&order=desc");
      expect(await page.getByRole("searchbox").evaluate((field) => field === document.activeElement)).toBe(true);
    });
    expect(trouble).toEqual([]);
  });
});

describe("the keyboard", () => {
  it("moves between rows, into folders, and up again", async () => {
    const trouble = await onPage("", async (page) => {
      const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.textContent ?? null);
      await page.keyboard.press("ArrowDown");
      expect(await focused()).toBe("a/");
      await page.keyboard.press("ArrowUp");
      expect(await focused()).toBe("a/");
      await page.keyboard.press("End");
      expect(await focused()).toBe((await names(page)).at(-1));
      await page.keyboard.press("Home");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/a/");
      await page.keyboard.press("Backspace");
      await page.waitForURL("**/base%20path/");
    });
    expect(trouble).toEqual([]);
  });

  it("goes by lines and columns among pictures", async () => {
    const trouble = await onPage("?view=grid", async (page) => {
      const place = (): Promise<[number, number]> =>
        page.evaluate(() => {
          const box = document.activeElement?.closest("tr")?.getBoundingClientRect();
          return [box?.x ?? 0, box?.y ?? 0];
        });
      await page.keyboard.press("ArrowRight");
      const first = await place();
      await page.keyboard.press("ArrowDown");
      const below = await place();
      expect([below[0] === first[0], below[1] > first[1]]).toEqual([true, true]);
      await page.keyboard.press("ArrowRight");
      const beside = await place();
      expect([beside[0] > below[0], beside[1] === below[1]]).toEqual([true, true]);
    });
    expect(trouble).toEqual([]);
  });
});

describe("previews", () => {
  it("show text as text, and nothing in it runs", async () => {
    const trouble = await onPage("", async (page) => {
      await page.getByRole("link", { name: "notes 9.txt" }).click();
      const text = page.getByRole("dialog").locator("pre");
      await text.waitFor();
      expect(await text.textContent()).toBe("<script>document.title = 'ran'</script>\nnine");
      await page.keyboard.press("Escape");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("notes 9.txt");
      expect(await page.getByRole("dialog").count()).toBe(0);
    });
    expect(trouble).toEqual([]);
  });

  it("colour source code without an element in it", async () => {
    const trouble = await onPage("", async (page) => {
      await page.getByRole("link", { name: "main.ts" }).click();
      await page.locator("dialog pre").waitFor();
      const kinds = await page.evaluate(() => [...CSS.highlights].map(([kind, { size }]) => `${kind} ${size}`));
      expect(kinds).toEqual(["comment 1", "string 0", "number 1", "keyword 2"]);
      expect(await page.locator("dialog pre > *").count()).toBe(0);
    });
    expect(trouble).toEqual([]);
  });

  it("go on to the next file, by key and by button, past what cannot be shown", async () => {
    const trouble = await onPage("", async (page) => {
      await page.getByRole("link", { name: "main.ts" }).focus();
      await page.keyboard.press("Space");
      await page.getByRole("dialog", { name: "main.ts" }).waitFor();
      await page.keyboard.press("ArrowRight");
      await page.getByRole("dialog", { name: "notes 9.txt" }).waitFor();
      await page.getByRole("button", { name: "Previous file" }).click();
      await page.getByRole("button", { name: "Previous file" }).click();
      const picture = page.getByRole("dialog", { name: "film.mp4" });
      await picture.waitFor();
      await page.keyboard.press("ArrowLeft");
      await page.getByRole("dialog", { name: "drawing.svg" }).waitFor();
    });
    expect(trouble).toEqual([]);
  });

  it.each([
    ["photo.png", "dialog img[src$='photo.png']"],
    ["drawing.svg", "dialog img[src$='drawing.svg']"],
    ["tone.wav", "dialog audio[controls]"],
    ["paper.pdf", "dialog iframe[title='paper.pdf']"],
  ])("load %s when it is asked for, and let go of it", async (name, selector) => {
    const trouble = await onPage("", async (page) => {
      const loaded = page.waitForResponse((response) => response.url().endsWith(name));
      await page.getByRole("link", { name }).click();
      await page.locator(selector).waitFor();
      expect((await loaded).status()).toBeLessThan(300);
      await page.getByRole("button", { name: "Close" }).click();
      await page.locator(selector).waitFor({ state: "detached" });
    });
    expect(trouble).toEqual([]);
  });

  it("say so when a file is not what its name says", async () => {
    await onPage("", async (page) => {
      await page.getByRole("link", { name: "film.mp4" }).click();
      await page.getByText("This browser cannot show it.").waitFor();
    });
  });

  it("leave a page, and a click with Ctrl, to the browser", async () => {
    const trouble = await onPage("", async (page) => {
      await page.getByRole("link", { name: "page.html" }).click();
      await page.waitForURL("**/page.html");
      await page.goBack();
      const [opened] = await Promise.all([
        page.context().waitForEvent("page"),
        page.getByRole("link", { name: "notes 9.txt" }).click({ modifiers: ["ControlOrMeta"] }),
      ]);
      await opened.waitForURL("**/notes%209.txt");
      expect(await page.getByRole("dialog").count()).toBe(0);
    });
    expect(trouble).toEqual([]);
  });
});

describe("pictures", () => {
  it("load in the grid only, and the grid goes along into folders", async () => {
    const trouble = await onPage("", async (page) => {
      expect(await page.locator(".list img").count()).toBe(0);
      await page.getByRole("button", { name: "Grid" }).click();
      await page.locator(".list img[src='picture.png']").waitFor();
      await page.getByRole("link", { name: "a/", exact: true }).click();
      await page.waitForURL("**/a/?view=grid");
    });
    expect(trouble).toEqual([]);
  });
});

describe("a reader elsewhere", () => {
  it("sees sizes and times as written there", async () => {
    await onPage("", async (page) => {
      const row = page.getByRole("row", { name: "large.bin" });
      expect(await row.locator("data").textContent()).toBe("50\u00a0kB");
      expect(await row.locator("time").textContent()).toMatch(/^\d\d\.\d\d\.\d{4}, \d\d:\d\d$/);
      expect(await page.getByRole("columnheader", { name: "Modified" }).textContent()).toBe("Modified");
    });
  });
});

describe("without script", () => {
  const OFF = { javaScriptEnabled: false } as const;

  it("sorts, filters, shows pictures and goes anywhere", async () => {
    const trouble = await onPage(
      "",
      async (page) => {
        await page.getByRole("link", { name: "Size" }).click();
        await page.waitForURL("**/?sort=size&order=desc");
        await page.getByRole("searchbox").fill("notes");
        await page.getByRole("button", { name: "Filter" }).click();
        await page.waitForURL("**/?sort=size&order=desc&q=notes");
        expect(await names(page)).toEqual(["notes 9.txt", "notes 10.txt"]);
        await page.getByRole("button", { name: "Grid" }).click();
        await page.waitForURL("**/?sort=size&order=desc&q=notes&view=grid");
        await page.goto(served.url);
        await page.getByRole("link", { name: "a/", exact: true }).click();
        await page.getByRole("link", { name: "deep/" }).click();
        await page.getByRole("link", { name: "base path" }).click();
        await page.getByRole("link", { name: "notes 9.txt" }).click();
        await page.waitForURL("**/notes%209.txt");
      },
      OFF,
    );
    expect(trouble).toEqual([]);
  });

  it("writes times in UTC and says so", async () => {
    await onPage(
      "",
      async (page) => {
        expect(await page.locator("tbody time").first().textContent()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
        expect(await page.getByRole("columnheader", { name: "Modified" }).textContent()).toBe("Modified (UTC)");
      },
      OFF,
    );
  });
});

describe("names that attack", () => {
  it("are shown, lead to their files, and run nothing", async () => {
    const trouble = await onPage("attack/", async (page) => {
      const links = await page
        .locator("tbody a")
        .evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).href));
      expect(links).toHaveLength(ATTACKS.length + 1);
      const contents = await page.evaluate(
        (hrefs) => Promise.all(hrefs.map(async (href) => (await fetch(href)).text())),
        links,
      );
      expect(contents.toSorted()).toEqual([...ATTACKS, "bad"].map((name) => `content of ${name}`).toSorted());
      const shown = await names(page);
      expect(shown).toContain("<img src=x onerror=document.title='ran'>.txt");
      expect(shown).toContain("new‹U+000A›line.txt");
      expect(shown).toContain("evil‹U+202E›txt.exe.txt");
      expect(await page.getByText("folder‹U+000A›of two lines/").getAttribute("title")).toMatch(/^No request can name/);
      for (const link of await page.locator("tbody a").all()) await link.hover();
      const [first] = await page
        .locator("tbody tr")
        .evaluateAll((rows) => rows.map((row) => row.scrollWidth > row.clientWidth));
      expect(first).toBe(false);
    });
    expect(trouble).toEqual([]);
  });

  it("can be previewed like others", async () => {
    const trouble = await onPage("attack/", async (page) => {
      await page.getByRole("link", { name: "new‹U+000A›line.txt" }).click();
      await page.locator("dialog pre").waitFor();
      expect(await page.locator("dialog pre").textContent()).toBe("content of new\nline.txt");
    });
    expect(trouble).toEqual([]);
  });
});

describe("a README", () => {
  it("is shown below the list, and nothing in it runs", async () => {
    const trouble = await onPage("", async (page) => {
      const readme = page.getByRole("region", { name: "README.md" });
      expect(await readme.getByRole("heading", { name: "Hello there" }).isVisible()).toBe(true);
      expect(await readme.locator("script, a[href^=javascript]").count()).toBe(0);
      expect(await readme.locator("img").getAttribute("src")).toBe("picture.png");
    });
    expect(trouble).toEqual([]);
  });
});

describe("the archive of a folder", () => {
  it("is a click away", async () => {
    await onPage("a/deep/", async (page) => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Zip" }).click();
      expect((await download).suggestedFilename()).toBe("deep.zip");
      execFileSync("/usr/bin/unzip", ["-tq", await (await download).path()]);
    });
  });
});

describe("a session", () => {
  it("ends with a click on the listing, and shows nothing more", async () => {
    using operator = new Operator();
    writeFileSync(join(operator.home, "site/secret.txt"), "secret");
    const key = await operator.createKey();
    await using guarded = await operator.serve(["./site", "--mode=unprivate", "--host=127.0.0.1", "--tls-self-signed"]);
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(guarded.url);
    await page.getByLabel("Key").fill(key);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "secret.txt" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await context.cookies()).toEqual([]);
    await page.goBack();
    await page.getByLabel("Key").waitFor();
    expect(await page.content()).not.toContain("secret.txt");
    await context.close();
  });
});

describe("a folder of 50,000 files", () => {
  it("is sorted, filtered and walked through without keeping anybody waiting", { timeout: 60_000 }, async () => {
    const trouble = await onPage("many/", async (page) => {
      expect(await page.locator("tbody tr").count()).toBe(MANY);
      await page.getByRole("searchbox").fill("file 4999");
      expect((await names(page)).slice(0, 2)).toEqual(["file 4999.txt", "file 14999.txt"]);
      expect(await page.getByRole("status").textContent()).toBe("15 of 50.000");
      await page.getByRole("searchbox").fill("");
      await page.getByRole("link", { name: "Name" }).click();
      expect(await page.locator("tbody a").first().textContent()).toBe("file 49999.txt");
      // The end is there at once, although most of what is before it is not filled in yet.
      await page.keyboard.press("Escape");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("End");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("file 0.txt");
      await page.waitForFunction((many) => document.querySelectorAll("tbody tr").length === many, MANY);
    });
    expect(trouble).toEqual([]);
  });
});

describe("axe-core", () => {
  it.each([
    ["", {}],
    ["", { colorScheme: "dark" }],
    ["", PHONE],
    ["?view=grid", { ...PHONE, colorScheme: "dark" }],
    ["attack/", {}],
    ["?q=nothing-like-this", {}],
  ] as const)("finds nothing to object to on /%s with %o", async (path, options) => {
    const trouble = await onPage(path, async (page) => expect(await violations(page)).toEqual([]), options);
    expect(trouble).toEqual([]);
  });

  it("finds nothing to object to in a preview", async () => {
    await onPage("", async (page) => {
      await page.getByRole("link", { name: "main.ts" }).click();
      await page.locator("dialog pre").waitFor();
      expect(await violations(page)).toEqual([]);
    });
  });
});

describe("on a phone", () => {
  it("nothing is wider than the window, whatever the names", async () => {
    for (const path of ["", "attack/", "?view=grid"]) {
      await onPage(
        path,
        async (page) => {
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
          const heights = await page.locator("tbody tr").evaluateAll((rows) => rows.map((row) => row.clientHeight));
          expect(Math.min(...heights)).toBeGreaterThanOrEqual(43);
        },
        PHONE,
      );
    }
  });
});

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const chunkOf = Buffer.alloc(8 + body.length);
  chunkOf.writeUInt32BE(content.length, 0);
  body.copy(chunkOf, 4);
  chunkOf.writeUInt32BE(crc32(body), 4 + body.length);
  return chunkOf;
}

/** A red dot. */
function png(): Uint8Array {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  const parts = [
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.from([0, 255, 0, 0]))),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts]);
}

/** A second of silence. */
function wav(): Uint8Array {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + 8000, 4);
  header.write("WAVEfmt ", 8);
  for (const [offset, value] of [
    [16, 16],
    [24, 8000],
    [28, 8000],
  ] as const)
    header.writeUInt32LE(value, offset);
  for (const [offset, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    header.writeUInt16LE(value, offset);
  header.write("data", 36);
  header.writeUInt32LE(8000, 40);
  return Buffer.concat([header, Buffer.alloc(8000, 128)]);
}
