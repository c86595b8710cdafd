import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { putFile, temporarySite } from "../../test/temporary-site.ts";
import { identityAt } from "../lookup/file-identity.ts";
import { resolveOptions } from "../options.ts";
import { entityTagOfBytes, Representation } from "../response/representation.ts";
import { FieldPolicy } from "../response/response-fields.ts";
import { CachedFile, OVERHEAD_BYTES } from "./cached-file.ts";
import { FileCache } from "./file-cache.ts";
import { hashOf } from "./text-hash.ts";

// Longer than a directory's times may be the same for two changes.
const DIRECTORY_SETTLES_MS = 60;
const POLICY = new FieldPolicy(resolveOptions({}));

function held(key: string, fsPath: string, size: number = 1, init: Partial<CachedFile> = {}): CachedFile {
  const bytes = Buffer.alloc(size);
  const identity = identityAt(fsPath);
  if (identity === undefined) throw new Error("expected a file");
  const facts = {
    path: key,
    contentType: "text/plain",
    contentCoding: undefined,
    isNegotiated: false,
    entityTag: entityTagOfBytes(bytes, undefined),
    lastModifiedMs: 0,
  };
  return new CachedFile({
    key,
    bytes,
    facts,
    uncoded: new Representation(bytes, facts, POLICY),
    offers: [],
    whereabouts: { fsPath, identity, absentPaths: [`${fsPath}.absent`], sidecars: new Map() },
    isUnsettled: false,
    checkedAtMs: 0,
    ...init,
  });
}

describe("FileCache", () => {
  it("gives what it holds, without a look at the disk, for the stated time", () => {
    const path = join(temporarySite({ a: "a" }), "a");
    const cache = new FileCache({ maxBytes: 10_000, revalidateMs: 1000 });
    const file = held("/a", path);
    cache.set(file);
    rmSync(path);
    expect(cache.get("/a", 999)).toBe(file);
    expect(cache.get("/a", 1000)).toBeUndefined();
    expect(cache.sizeBytes).toBe(0);
  });

  it("looks again each time that the stated time has passed", () => {
    const path = join(temporarySite({ a: "a" }), "a");
    const cache = new FileCache({ maxBytes: 10_000, revalidateMs: 1000 });
    cache.set(held("/a", path));
    expect(cache.get("/a", 1500)).toBeDefined();
    rmSync(path);
    expect(cache.get("/a", 2400)).toBeDefined();
    expect(cache.get("/a", 2500)).toBeUndefined();
  });

  it("drops a file that a preferred one now stands before", () => {
    const path = join(temporarySite({ a: "a" }), "a");
    const cache = new FileCache({ maxBytes: 10_000, revalidateMs: 0 });
    cache.set(held("/a", path));
    expect(cache.get("/a", 1)).toBeDefined();
    putFile(`${path}.absent`, "preferred");
    expect(cache.get("/a", 2)).toBeUndefined();
  });

  it("drops a file that gets a compressed form beside it", () => {
    const path = join(temporarySite({ a: "a" }), "a");
    const cache = new FileCache({ maxBytes: 10_000, revalidateMs: 0 });
    cache.set(held("/a", path));
    putFile(`${path}.gz`, "coded");
    expect(cache.get("/a", 1)).toBeUndefined();
  });

  it.each(["a.gz", "a.br", "a.zst"])("notices %s also in a directory that has been at rest", async (name) => {
    const root = temporarySite({ a: "a" });
    const cache = new FileCache({ maxBytes: 10_000, revalidateMs: 0 });
    cache.set(held("/a", join(root, "a")));
    await sleep(DIRECTORY_SETTLES_MS);
    expect(cache.get("/a", 1)).toBeDefined();
    expect(cache.get("/a", 2)).toBeDefined();
    putFile(join(root, name), "coded");
    expect(cache.get("/a", 3)).toBeUndefined();
  });

  it("notices a compressed form that was stale and is made anew where it lies", async () => {
    const root = temporarySite({ a: "a" });
    putFile(join(root, "a.gz"), "old", new Date("2000-01-01T00:00:00Z"));
    const cache = new FileCache({ maxBytes: 10_000, revalidateMs: 0 });
    cache.set(held("/a", join(root, "a")));
    await sleep(DIRECTORY_SETTLES_MS);
    expect(cache.get("/a", 1)).toBeDefined();
    putFile(join(root, "a.gz"), "new");
    expect(cache.get("/a", 2)).toBeUndefined();
  });

  it("is never older than the stated time, though files share looks at their directory", async () => {
    const root = temporarySite({ a: "a", b: "b" });
    const cache = new FileCache({ maxBytes: 10_000, revalidateMs: 1000 });
    await sleep(DIRECTORY_SETTLES_MS);
    cache.set(held("/a", join(root, "a")));
    cache.set(held("/b", join(root, "b"), 1, { checkedAtMs: 50 }));
    expect([cache.get("/a", 1000), cache.get("/b", 1050)]).not.toContain(undefined);
    expect([cache.get("/a", 2000), cache.get("/b", 2050)]).not.toContain(undefined);
    putFile(join(root, "b.gz"), "coded");
    expect(cache.get("/b", 3000)).toBeUndefined();
  });

  it("reads a file again whose times cannot show a change", () => {
    const path = join(temporarySite({ a: "a" }), "a");
    const cache = new FileCache({ maxBytes: 10_000, revalidateMs: 1000 });
    cache.set(held("/a", path, 1, { isUnsettled: true }));
    expect(cache.get("/a", 999)).toBeDefined();
    expect(cache.get("/a", 1000)).toBeUndefined();
  });

  it("drops first what nobody asked for since it was last looked at", () => {
    const path = join(temporarySite({ a: "a" }), "a");
    const size = 1000 + OVERHEAD_BYTES;
    const cache = new FileCache({ maxBytes: 3 * size, revalidateMs: 1000 });
    for (const key of ["/1", "/2", "/3"]) cache.set(held(key, path, 1000));
    cache.get("/1", 0);
    cache.get("/3", 0);
    cache.set(held("/4", path, 1000));
    expect(["/1", "/2", "/3", "/4"].map((key) => cache.get(key, 0) !== undefined)).toEqual([true, false, true, true]);
  });

  it("counts coded forms, of files that it still holds alone", () => {
    const path = join(temporarySite({ a: "a" }), "a");
    const cache = new FileCache({ maxBytes: 10_000, revalidateMs: 1000 });
    const file = held("/a", path, 1000);
    cache.set(file);
    cache.grow(file, 500);
    expect(cache.sizeBytes).toBe(1500 + OVERHEAD_BYTES);
    cache.set(held("/a", path, 1000));
    cache.grow(file, 500);
    expect(cache.sizeBytes).toBe(1000 + OVERHEAD_BYTES);
  });

  it("holds the latest of two files whose paths have the same hash", () => {
    const path = join(temporarySite({ a: "a" }), "a");
    const cache = new FileCache({ maxBytes: 10_000, revalidateMs: 1000 });
    expect(hashOf("liquid")).toBe(hashOf("costarring"));
    const latest = held("liquid", path, 2);
    cache.set(held("costarring", path, 1));
    cache.set(latest);
    expect(cache.get("costarring", 0)).toBeUndefined();
    expect(cache.get("liquid", 0)).toBe(latest);
    expect(cache.sizeBytes).toBe(2 + OVERHEAD_BYTES);
  });

  it("stays within its budget and counts exactly, whatever is done", () => {
    const path = join(temporarySite({ a: "a" }), "a");
    const key = fc.constantFrom("/1", "/2", "/3", "/4", "/5", "/6");
    const step = fc.tuple(fc.constantFrom("set", "get", "grow"), key, fc.nat(20_000));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const cache = new FileCache({ maxBytes: 30_000, revalidateMs: 1000 });
        const latest = new Map<string, CachedFile>();
        for (const [action, name, size] of steps) {
          const file = latest.get(name);
          if (action === "set") {
            const added = held(name, path, size);
            latest.set(name, added);
            cache.set(added);
          } else if (action === "get") cache.get(name, 0);
          else if (file !== undefined) cache.grow(file, size);
          const counted = [...latest.values()].filter((one) => cache.get(one.key, 0) === one);
          expect(cache.sizeBytes).toBe(counted.reduce((sum, one) => sum + one.sizeBytes, 0));
          expect(cache.sizeBytes).toBeLessThanOrEqual(30_000);
        }
      }),
      { numRuns: 50 },
    );
  });
});
