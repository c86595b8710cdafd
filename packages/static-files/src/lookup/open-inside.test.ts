import { spawn, spawnSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDescriptors, temporarySite } from "../../test/temporary-site.ts";
import { openByDescriptor } from "./open-by-descriptor.ts";
import { openByRealPath } from "./open-by-real-path.ts";
import { openInside } from "./open-inside.ts";
import type { Opened } from "./opened.ts";
import { readAll } from "./read-all.ts";
import { SiteRoot } from "./site-root.ts";

const WAYS = [
  ["openByDescriptor", openByDescriptor],
  ["openByRealPath", openByRealPath],
] as const;

async function outcomeOf(opening: Promise<Opened>): Promise<string> {
  const opened = await opening;
  if (opened.kind === "directory") opened.close();
  return opened.kind === "file" ? Buffer.from(await readAll(opened.file)).toString() : opened.kind;
}

describe.each(WAYS)("%s", (_, openVerified) => {
  it("opens files and directories inside, and says so of nothing else", async () => {
    const outside = temporarySite({ "secret.txt": "secret" });
    const path = temporarySite({ "a.txt": "a", "d/b.txt": "b" });
    symlinkSync("d/b.txt", join(path, "inside"));
    symlinkSync(join(outside, "secret.txt"), join(path, "last"));
    symlinkSync(outside, join(path, "ancestor"));
    symlinkSync(`${path}/d`, join(path, "absolute"));
    const root = new SiteRoot(path);
    const open = (name: string): Promise<string> => outcomeOf(openVerified(root, join(path, name), false));
    const before = openDescriptors();
    expect(await open("a.txt")).toBe("a");
    expect(await open("d")).toBe("directory");
    expect(await open("inside")).toBe("b");
    expect(await open("absolute/b.txt")).toBe("b");
    expect(await open("last")).toBe("absent");
    expect(await open("ancestor")).toBe("absent");
    expect(await open("ancestor/secret.txt")).toBe("absent");
    expect(await open("../")).toBe("absent");
    await expect.poll(openDescriptors).toBeLessThanOrEqual(before);
  });

  it("does not take a directory whose name begins like the root's for the root", async () => {
    const parent = temporarySite({ "public/a.txt": "a", "public-secret/x.txt": "secret" });
    const root = new SiteRoot(join(parent, "public"));
    expect(await outcomeOf(openVerified(root, join(parent, "public-secret/x.txt"), false))).toBe("absent");
    expect(await outcomeOf(openVerified(root, join(parent, "public/../public-secret/x.txt"), false))).toBe("absent");
  });

  it("leaves the root by a symlink where that is allowed", async () => {
    const outside = temporarySite({ "a.txt": "outside" });
    const path = temporarySite();
    symlinkSync(outside, join(path, "out"));
    const root = new SiteRoot(path);
    expect(await outcomeOf(openVerified(root, join(path, "out/a.txt"), true))).toBe("outside");
  });

  it("follows a root that is a symlink, also once it is turned", async () => {
    const parent = temporarySite({ "1/a.txt": "one", "2/a.txt": "two" });
    const link = join(parent, "current");
    symlinkSync("1", link);
    const root = new SiteRoot(link);
    expect(await outcomeOf(openVerified(root, join(link, "a.txt"), false))).toBe("one");
    symlinkSync("2", `${link}.new`);
    renameSync(`${link}.new`, link);
    expect(await outcomeOf(openVerified(root, join(link, "a.txt"), false))).toBe("two");
  });

  it("neither opens nor waits for a FIFO, a socket or a device", async () => {
    const path = temporarySite();
    const root = new SiteRoot(path);
    expect(spawnSync("mkfifo", [join(path, "fifo")]).status).toBe(0);
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(join(path, "socket"), resolve));
    symlinkSync("/dev/zero", join(path, "device"));
    for (const name of ["fifo", "socket", "device"]) {
      expect(await outcomeOf(openVerified(root, join(path, name), true))).toBe("absent");
    }
  });

  it("sends nothing from outside while a directory is swapped with a symlink", async () => {
    const outside = temporarySite({ "a.txt": "outside" });
    const path = temporarySite({ "d/a.txt": "inside" });
    symlinkSync(outside, join(path, "link"));
    const root = new SiteRoot(path);
    const swapper = spawn(process.execPath, ["-e", SWAP, path], { stdio: "ignore" });
    const ended = new Promise((resolve) => swapper.once("exit", resolve));
    const seen = new Map<string, number>();
    const seenWhereAllowed = new Set<string>();
    while (swapper.exitCode === null) {
      const outcome = await outcomeOf(orAbsent(openVerified(root, join(path, "d/a.txt"), false)));
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      seenWhereAllowed.add(await outcomeOf(orAbsent(openVerified(root, join(path, "d/a.txt"), true))));
    }
    await ended;
    expect([...seen.keys()].sort()).toEqual(["absent", "inside"]);
    // The race was a real one: whoever may leave the root did.
    expect(seenWhereAllowed).toContain("outside");
    expect(seen.get("inside")).toBeGreaterThan(0);
  });
});

// Turns `d` into a link to the outside and back, for two seconds.
const SWAP = `
  const { renameSync } = require("node:fs");
  process.chdir(process.argv[1]);
  for (const end = Date.now() + 2000; Date.now() < end; ) {
    renameSync("d", "real"); renameSync("link", "d");
    renameSync("d", "link"); renameSync("real", "d");
  }`;

async function orAbsent(opening: Promise<Opened>): Promise<Opened> {
  try {
    return await opening;
  } catch {
    return { kind: "absent" };
  }
}

describe("openInside", () => {
  it.each([
    ["nothing", "nothing"],
    ["a name longer than a file system takes", "x".repeat(300)],
    ["a path longer than the system takes", "x/".repeat(5000)],
    ["a loop of symlinks", "loop"],
    ["a broken symlink", "broken"],
    ["a file as a directory", "a.txt/b"],
    ["a file with a final slash", "a.txt/"],
    ["a name with NUL", "a\0b"],
  ])("finds nothing at %s", async (_, name) => {
    const path = temporarySite({ "a.txt": "a" });
    symlinkSync("loop", join(path, "loop"));
    symlinkSync("nowhere", join(path, "broken"));
    expect(await outcomeOf(openInside(new SiteRoot(path), `${path}/${name}`, false))).toBe("absent");
  });

  it("finds nothing where the kernel answers instead of a disk", async () => {
    const root = new SiteRoot("/proc/self");
    expect(await outcomeOf(openInside(root, "/proc/self/status", true))).toBe("absent");
  });

  it("opens an empty file, and one with several names", async () => {
    const path = temporarySite({ empty: "", "a.txt": "a" });
    linkSync(join(path, "a.txt"), join(path, "b.txt"));
    const root = new SiteRoot(path);
    expect(await outcomeOf(openInside(root, join(path, "empty"), false))).toBe("");
    expect(await outcomeOf(openInside(root, join(path, "b.txt"), false))).toBe("a");
  });

  it("keeps to the directory it opened when its name is taken by another", async () => {
    const path = temporarySite({ "d/a.txt": "a" });
    const opened = await openInside(new SiteRoot(path), join(path, "d"), false);
    if (opened.kind !== "directory") throw new Error("expected a directory");
    renameSync(join(path, "d"), join(path, "e"));
    mkdirSync(join(path, "d"));
    writeFileSync(join(path, "e/b.txt"), "");
    expect(existsSync(join(opened.fsPath, "b.txt"))).toBe(true);
    opened.close();
    opened.close();
  });
});
