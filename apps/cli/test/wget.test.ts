import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { needs, run, serve } from "./program.ts";
import { countingBytes, TemporarySite } from "./site.ts";

const WGET = "/usr/bin/wget";
needs(WGET, "wget");
const PYTHON_DOCS = "/usr/share/doc/python3-doc/html";
needs(PYTHON_DOCS, "python3-doc");

interface Mirror {
  readonly directory: string;
  /** Names of the files that arrived, without queries. */
  readonly names: readonly string[];
  /** Paths that were linked to and answered with an error. */
  readonly failed: readonly string[];
}

/** @param listings Whether the answer for a directory is a listing, which is followed and then thrown away. */
async function mirror(url: string, directory: string, listings: boolean): Promise<Mirror> {
  const options = ["--mirror", "--no-verbose", "--no-host-directories", "--directory-prefix", directory];
  // Under another name, so that a listing does not take the place of a real index.html.
  if (listings) options.push("--default-page=listing", "--reject-regex=[?]sort=");
  const { code, stderr } = await run([WGET, ...options, url]);
  // 8: at least one request was answered with an error. robots.txt is asked for and does not exist.
  if (code !== 0 && code !== 8) throw new Error(`wget ended with ${code}: ${stderr}`);
  const failed = [...stderr.matchAll(/^(\S+):\n\S+ \S+ ERROR \d+/gm)].map(
    ([, failedUrl = ""]) => new URL(failedUrl).pathname,
  );
  // What a listing loads goes with it.
  const names = filesIn(directory).filter((name) => !(listings && /(?:^|\/)listing$|^\.tinyhttp\//.test(name)));
  return { directory, names, failed: failed.filter((path) => path !== "/robots.txt") };
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

/** Every file that arrived must have the bytes of the file that it was made from. */
function expectSameBytes({ directory, names }: Mirror, source: string): void {
  const different = names.filter((name) => {
    const original = join(source, name.replace(/\?.*/, ""));
    return !existsSync(original) || !readFileSync(original).equals(readFileSync(join(directory, name)));
  });
  expect(different).toEqual([]);
}

// Hundreds of requests, one after the other: on a busy machine that takes its time.
describe.concurrent("wget --mirror", { timeout: 120_000 }, () => {
  it("follows the listings, and gets every file of a tree with awkward names", async () => {
    using site = new TemporarySite();
    rmSync(join(site.root, "link.txt"));
    const names = [
      "a b.txt",
      "100%.txt",
      "ü/ñ/日本.txt",
      "quote'\"&<>.txt",
      "hash#1.txt",
      "semi;colon=1.txt",
      "deep/1/2/3/4.bin",
    ];
    for (const [at, name] of names.entries()) site.write(name, countingBytes(at * 1000));
    for (let at = 0; at < 200; at++) site.write(`many/${at % 10}/${at}.bin`, countingBytes(at * 97));
    await using served = await serve([site.root]);
    const mirrored = await mirror(served.url, join(site.directory, "mirror"), true);
    expect(mirrored.failed).toEqual([]);
    expectSameBytes(mirrored, site.root);
    expect(mirrored.names).toEqual(filesIn(site.root));
  });

  it("gets the Python documentation from its first page, byte for byte", async () => {
    using site = new TemporarySite();
    // Debian keeps two of its scripts elsewhere and links to them.
    await using served = await serve([PYTHON_DOCS, "--follow-symlinks", "--no-listing"]);
    const mirrored = await mirror(served.url, join(site.directory, "mirror"), false);
    expectSameBytes(mirrored, PYTHON_DOCS);
    expect(mirrored.names.length).toBeGreaterThan(500);
    // The documentation links to pages that Debian does not ship.
    expect(mirrored.failed.filter((path) => existsSync(join(PYTHON_DOCS, path)))).toEqual([]);
  });

  it("gets all of its more than thousand files by the listings, byte for byte", async () => {
    using site = new TemporarySite();
    await using served = await serve([PYTHON_DOCS, "--follow-symlinks", "--index", "no-index"]);
    const mirrored = await mirror(served.url, join(site.directory, "mirror"), true);
    expectSameBytes(mirrored, PYTHON_DOCS);
    const visible = filesIn(PYTHON_DOCS).filter((name) => !name.startsWith("."));
    expect(visible.length).toBeGreaterThan(1000);
    expect(visible.filter((name) => !mirrored.names.includes(name))).toEqual([]);
  });
});
