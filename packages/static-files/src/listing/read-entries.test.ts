import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Entry } from "./entry.ts";
import { readDetails, readEntries } from "./read-entries.ts";

const { signal } = new AbortController();
let root: string;
let outside: string;

beforeEach(() => {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "listing-")));
  root = join(parent, "root");
  outside = join(parent, "outside");
  mkdirSync(root);
  mkdirSync(outside);
});

afterEach(() => rmSync(join(root, ".."), { recursive: true }));

function isInside(path: string): boolean {
  return path.startsWith(`${root}/`);
}

function entry(name: string, type: Entry["type"] = "file"): Entry {
  return { name, rawName: undefined, type, linkTarget: undefined };
}

async function names(options: { showDotfiles?: boolean } = {}): Promise<string[]> {
  const { entries } = await readEntries(root, { showDotfiles: false, isInside, ...options }, signal);
  return entries.map((entry) => `${entry.name}${entry.type === "directory" ? "/" : ""}`).sort();
}

describe("readEntries", () => {
  it("gives files and directories", async () => {
    writeFileSync(join(root, "a"), "");
    mkdirSync(join(root, "d"));
    expect(await names()).toEqual(["a", "d/"]);
  });

  it("leaves dotfiles out unless they are wanted", async () => {
    writeFileSync(join(root, ".env"), "");
    mkdirSync(join(root, ".git"));
    writeFileSync(join(root, "..."), "");
    expect(await names()).toEqual([]);
    expect(await names({ showDotfiles: true })).toEqual(["...", ".env", ".git/"]);
  });

  it("leaves FIFOs and sockets out", async () => {
    execFileSync("mkfifo", [join(root, "fifo")]);
    const server = createServer().listen(join(root, "socket"));
    await new Promise((resolve) => server.once("listening", resolve));
    expect(await names()).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });

  it("gives a link that leads inside the type of its target", async () => {
    writeFileSync(join(root, "a"), "");
    mkdirSync(join(root, "d"));
    symlinkSync("a", join(root, "to a"));
    symlinkSync("d", join(root, "to d"));
    expect(await names()).toEqual(["a", "d/", "to a", "to d/"]);
  });

  it("leaves out links that lead outside, nowhere, in a circle or to a device", async () => {
    writeFileSync(join(outside, "secret"), "");
    symlinkSync(join(outside, "secret"), join(root, "out"));
    symlinkSync(outside, join(root, "out-dir"));
    symlinkSync("out-dir/secret", join(root, "out-twice"));
    symlinkSync("nowhere", join(root, "broken"));
    symlinkSync("circle", join(root, "circle"));
    symlinkSync("/dev/null", join(root, "device"));
    expect(await names()).toEqual([]);
  });

  it("leaves every link out when nobody says which may be served", async () => {
    writeFileSync(join(root, "a"), "");
    symlinkSync("a", join(root, "to a"));
    const { entries } = await readEntries(root, { showDotfiles: false }, signal);
    expect(entries.map((entry) => entry.name)).toEqual(["a"]);
  });

  it("keeps the bytes of a name that is not UTF-8", async () => {
    const name = Buffer.from("bad\xff\xfename", "latin1");
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), name]), "");
    const { entries } = await readEntries(root, { showDotfiles: false }, signal);
    expect(entries).toEqual([{ name: "bad\ufffd\ufffdname", rawName: name, type: "file", linkTarget: undefined }]);
  });

  it("resolves more links than are under way at once", async () => {
    writeFileSync(join(root, "a"), "");
    for (let index = 0; index < 200; index += 1) symlinkSync("a", join(root, `link ${index}`));
    expect(await names()).toHaveLength(201);
  });

  it("stops at the most entries it may give, and says so", async () => {
    for (let index = 0; index < 10; index += 1) writeFileSync(join(root, `${index}`), "");
    const options = { showDotfiles: false };
    expect(await readEntries(root, options, signal, 10)).toMatchObject({ truncated: false, entries: { length: 10 } });
    expect(await readEntries(root, options, signal, 9)).toMatchObject({ truncated: true, entries: { length: 9 } });
  });

  it("throws the file system's error for a directory that is not there", async () => {
    await expect(readEntries(join(root, "absent"), { showDotfiles: false }, signal)).rejects.toMatchObject({
      code: "ENOENT",
    });
  });

  it("ends when the client has gone", async () => {
    writeFileSync(join(root, "a"), "");
    const gone = AbortSignal.abort(new Error("gone"));
    await expect(readEntries(root, { showDotfiles: false }, gone)).rejects.toThrow("gone");
  });
});

describe("readDetails", () => {
  it("gives sizes and times in the given order", async () => {
    writeFileSync(join(root, "a"), "12345");
    utimesSync(join(root, "a"), 10, 20);
    mkdirSync(join(root, "d"));
    utimesSync(join(root, "d"), 10, 30);
    expect(await readDetails(root, [entry("d", "directory"), entry("a")])).toEqual([
      { name: "d", rawName: undefined, type: "directory", size: 0, modifiedMs: 30_000 },
      { name: "a", rawName: undefined, type: "file", size: 5, modifiedMs: 20_000 },
    ]);
  });

  it("finds names that are not UTF-8", async () => {
    const rawName = Buffer.from([0x61, 0xff]);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), rawName]), "123");
    expect(await readDetails(root, [{ ...entry("a\ufffd"), rawName }])).toMatchObject([{ size: 3 }]);
  });

  it("gives a link the size of its target", async () => {
    writeFileSync(join(root, "a"), "12345");
    symlinkSync("a", join(root, "to a"));
    const { entries } = await readEntries(root, { showDotfiles: false, isInside }, signal);
    const sizes = (await readDetails(root, entries)).map((found) => `${found.name}: ${found.size}`);
    expect(sizes.sort()).toEqual(["a: 5", "to a: 5"]);
  });

  it("leaves out what has vanished or has become something else", async () => {
    writeFileSync(join(outside, "secret"), "secret");
    symlinkSync(join(outside, "secret"), join(root, "swapped"));
    mkdirSync(join(root, "now a directory"));
    expect(await readDetails(root, [entry("gone"), entry("swapped"), entry("now a directory")])).toEqual([]);
  });

  it("keeps a time that no date can express within four-digit years", async () => {
    writeFileSync(join(root, "a"), "");
    utimesSync(join(root, "a"), 0, -70_000_000_000);
    const [found] = await readDetails(root, [entry("a")]);
    expect(new Date(found?.modifiedMs ?? Number.NaN).toISOString()).toMatch(/^\d{4}-/);
  });
});
