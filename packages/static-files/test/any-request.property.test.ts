import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { isHttpError } from "@tinyhttp/handler";
import { staticFiles } from "@tinyhttp/static-files";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ask, type Answer } from "./fake-request.ts";
import { openDescriptors, temporarySite } from "./temporary-site.ts";

const TEXT = "public ".repeat(200);
const ETAG_LIKE = ['"x"', 'W/"x"', "*", '"x", "y"', "x", ""];
const DATES = ["Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "never"];
const STATUSES = [200, 204, 206, 301, 304, 400, 404, 405, 406, 412, 416];

function siteWithEverything(): string {
  const parent = temporarySite({
    "site/index.html": TEXT,
    "site/a.txt": TEXT,
    "site/a.txt.gz": "public gz",
    "site/d/index.html": TEXT,
    "site/d/e/b.js": TEXT,
    "site/d/large.bin": Buffer.alloc(40_000, "public "),
    "site/.hidden": "secret",
    "site/page.html": TEXT,
    "site/empty": "",
    secret: "secret",
  });
  const site = join(parent, "site");
  symlinkSync("../secret", join(site, "link"));
  symlinkSync("..", join(site, "up"));
  symlinkSync("d", join(site, "inside"));
  spawnSync("mkfifo", [join(site, "fifo")]);
  return site;
}

const SEGMENTS = [
  "",
  ".",
  "..",
  "%2e%2e",
  "%2f",
  "%5c",
  "%00",
  "%ff",
  "a.txt",
  "d",
  "e",
  "b.js",
  "large.bin",
  ".hidden",
  "page",
  "empty",
  "link",
  "up",
  "secret",
  "inside",
  "fifo",
  "nothing",
  "\u00e9",
  "%C3%A9",
  "?q",
  "site",
  "x".repeat(260),
];
const EXISTING = ["/", "/a.txt", "/d/", "/d?q", "/d/e/", "/d/e/b.js", "/d/large.bin", "/page", "/empty", "/inside/"];
const anyPath = fc.array(fc.constantFrom(...SEGMENTS), { maxLength: 5 }).map((segments) => `/${segments.join("/")}`);
const target = fc.oneof(fc.constantFrom(...EXISTING), anyPath);
const range = fc.oneof(
  fc.constantFrom("bytes=0-0", "bytes=-5", "bytes=9-", "bytes=99999-", "bytes=0-1,200-300,1000-", "x"),
  fc.tuple(fc.nat(50_000), fc.nat(50_000)).map(([a, b]) => `bytes=${a}-${b}`),
);
const acceptEncoding = fc.constantFrom("gzip", "br, gzip", "gzip, *;q=0", "identity;q=0", "zstd;q=0.5", "", ",,;");
const conditions = {
  "If-Range": fc.constantFrom(...ETAG_LIKE, ...DATES),
  "If-Match": fc.constantFrom(...ETAG_LIKE),
  "If-None-Match": fc.constantFrom(...ETAG_LIKE),
  "If-Modified-Since": fc.constantFrom(...DATES),
  "If-Unmodified-Since": fc.constantFrom(...DATES),
};
const others = {
  "Accept-Encoding": acceptEncoding,
  Accept: fc.constantFrom("text/html", "application/json", "*/*"),
  Origin: fc.constantFrom("https://a.example", "null"),
};
const headers: fc.Arbitrary<Partial<Record<string, string>>> = fc.oneof(
  fc.record({ Range: range, ...others }, { requiredKeys: ["Range"] }),
  fc.record({ Range: range, ...conditions, ...others }, { requiredKeys: [] }),
);
const options = fc.record(
  {
    listing: fc.boolean(),
    spa: fc.boolean(),
    cleanUrls: fc.boolean(),
    compress: fc.boolean(),
    precompressed: fc.boolean(),
    untrusted: fc.constantFrom(true, false, "download" as const),
    cors: fc.constantFrom(true, false, ["https://a.example"]),
    basePath: fc.constantFrom("/", "/", "/", "/d"),
    cache: fc.constantFrom(false as const, { maxFileBytes: 20_000, revalidateMs: 0 }, { maxBytes: 5000 }, {}),
  },
  { requiredKeys: [] },
);

describe("any request", () => {
  it("gets an answer that fits it, nothing of what is not public, and leaves nothing open", async () => {
    const site = siteWithEverything();
    const before = openDescriptors();
    const method = fc.constantFrom(..."GET GET GET GET GET GET GET HEAD HEAD OPTIONS POST".split(" "));
    await fc.assert(
      fc.asyncProperty(target, method, headers, options, async (path, verb, fields, chosen) => {
        const handler = staticFiles(site, chosen);
        for (let round = 0; round < 2; round += 1) {
          const answer = await askSafely(() =>
            ask(handler, path, { method: verb, headers: fields as Record<string, string> }),
          );
          expect(STATUSES).toContain(answer.status);
          expect(answer.text).not.toContain("secret");
          if (answer.status === 206) expect(fields.Range).toBeDefined();
          if (answer.status === 304 || answer.status === 204) expect(answer.bytes.length).toBe(0);
          if (answer.headers.has("location")) expect(answer.headers.get("location")).toMatch(/^\/[^/]/);
        }
      }),
      { numRuns: 1000 },
    );
    await expect.poll(openDescriptors).toBeLessThanOrEqual(before);
  });
});

async function askSafely(asking: () => Promise<Answer>): Promise<Answer> {
  try {
    return await asking();
  } catch (error) {
    if (!isHttpError(error)) throw error;
    return { status: error.status, headers: new Headers(), bytes: Buffer.alloc(0), text: "" };
  }
}
