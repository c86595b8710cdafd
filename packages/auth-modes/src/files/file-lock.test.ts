import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../test/temporary-directory.ts";
import { changeFile } from "./change-file.ts";
import { withLock } from "./file-lock.ts";
import { writeAtomically } from "./write-atomically.ts";

describe("withLock", () => {
  it("lets one change happen at a time", async () => {
    const path = join(temporaryDirectory(), "file");
    let running = 0;
    let most = 0;
    const change = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running--;
    };
    await Promise.all(Array.from({ length: 8 }, () => withLock(path, change)));
    expect(most).toBe(1);
  });

  it("breaks the lock of somebody who died with it", async () => {
    const directory = temporaryDirectory();
    const path = join(directory, "file");
    writeFileSync(`${path}.lock`, "dead");
    const longAgo = Date.now() / 1000 - 60;
    utimesSync(`${path}.lock`, longAgo, longAgo);
    expect(await withLock(path, async () => "done")).toBe("done");
    expect(readdirSync(directory)).toEqual([]);
  });

  it("tells whoever was stopped for long that the lock is somebody else's by now", async () => {
    const path = join(temporaryDirectory(), "file");
    const stopped = withLock(path, async (checkHeld) => {
      await checkHeld();
      writeFileSync(`${path}.lock`, "somebody else");
      await checkHeld();
    });
    await expect(stopped).rejects.toMatchObject({ name: "FileLockedError", code: "locked" });
    expect(readFileSync(`${path}.lock`, "utf8")).toBe("somebody else");
  });

  it("is free again after a change that failed", async () => {
    const path = join(temporaryDirectory(), "file");
    await expect(withLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await withLock(path, async () => "done")).toBe("done");
  });
});

describe("changeFile", () => {
  it("makes the directory, and leaves the file alone when the change fails", async () => {
    const directory = temporaryDirectory();
    const path = join(directory, "deep", "file");
    await changeFile(path, async () => ({ text: "one", result: undefined }));
    await expect(changeFile(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(readFileSync(path, "utf8")).toBe("one");
    expect(readdirSync(join(directory, "deep"))).toEqual(["file"]);
  });
});

describe("writeAtomically", () => {
  it("leaves nothing behind when it cannot write", async () => {
    const directory = temporaryDirectory();
    await expect(writeAtomically(join(directory, "absent", "file"), "x")).rejects.toMatchObject({ code: "ENOENT" });
    await expect(writeAtomically(directory, "x")).rejects.toThrow();
    expect(readdirSync(directory)).toEqual([]);
  });
});
