import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { putFile, temporarySite } from "../../test/temporary-site.ts";
import { identityAt, type FileIdentity } from "../lookup/file-identity.ts";
import { areUntouched, findSidecars } from "./sidecars.ts";

function original(path: string): FileIdentity {
  const identity = identityAt(path);
  if (identity === undefined) throw new Error("expected a file");
  return identity;
}

describe("findSidecars", () => {
  it("finds .br, .zst and .gz beside a file", () => {
    const path = join(temporarySite({ a: "a", "a.br": "br", "a.zst": "zstd", "a.gz": "gzip", "a.xz": "x" }), "a");
    expect([...findSidecars(path, original(path)).keys()]).toEqual(["br", "zstd", "gzip"]);
  });

  it("leaves out what is empty, no file, or older than the original", () => {
    const path = join(temporarySite({ a: "a", "a.br": "" }), "a");
    mkdirSync(`${path}.zst`);
    putFile(`${path}.gz`, "old", new Date("2025-06-01T11:59:57Z"));
    expect(findSidecars(path, original(path)).size).toBe(0);
    putFile(`${path}.gz`, "copied a little earlier", new Date("2025-06-01T11:59:59Z"));
    expect(findSidecars(path, original(path)).size).toBe(1);
  });
});

describe("areUntouched", () => {
  it("notices one that appears, changes or goes", () => {
    const path = join(temporarySite({ a: "a" }), "a");
    const identity = original(path);
    const none = findSidecars(path, identity);
    expect(areUntouched(none, findSidecars(path, identity))).toBe(true);
    putFile(`${path}.br`, "1");
    const one = findSidecars(path, identity);
    expect(areUntouched(none, one)).toBe(false);
    putFile(`${path}.br`, "2");
    expect(areUntouched(one, findSidecars(path, identity))).toBe(false);
    rmSync(`${path}.br`);
    expect(areUntouched(none, findSidecars(path, identity))).toBe(true);
  });
});
