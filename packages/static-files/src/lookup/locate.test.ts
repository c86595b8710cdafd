import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDescriptors, temporarySite } from "../../test/temporary-site.ts";
import { resolveOptions, type StaticFilesOptions } from "../options.ts";
import { locate } from "./locate.ts";
import { SiteRoot } from "./site-root.ts";

function tree(): string {
  const path = temporarySite({
    "index.html": "",
    "both/index.html": "",
    "both.html": "",
    "only/a.txt": "",
    "page.html": "",
    file: "",
    "file.html": "",
    "second/default.htm": "",
  });
  mkdirSync(join(path, "empty"));
  mkdirSync(join(path, "odd/index.html"), { recursive: true });
  return path;
}

async function where(path: string, options: StaticFilesOptions = {}): Promise<string> {
  const located = await locate(new SiteRoot(tree()), path, resolveOptions(options));
  if (located.kind === "directory") located.close();
  if (located.kind !== "file") return located.kind;
  located.file.close();
  return `${located.path} after ${located.absentPaths.length}`;
}

describe("locate", () => {
  it.each<[string, StaticFilesOptions, string]>([
    ["/", {}, "/index.html after 0"],
    ["/both/", {}, "/both/index.html after 0"],
    ["/both", {}, "directory-name"],
    ["/both", { cleanUrls: true }, "/both.html after 1"],
    ["/only", { cleanUrls: true }, "directory-name"],
    ["/page", {}, "absent"],
    ["/page", { cleanUrls: true }, "/page.html after 1"],
    ["/page/", { cleanUrls: true }, "absent"],
    ["/file", { cleanUrls: true }, "/file after 0"],
    ["/file/", {}, "absent"],
    ["/second/", { index: ["index.html", "default.htm"] }, "/second/default.htm after 1"],
    ["/second/", { index: false }, "absent"],
    ["/empty/", {}, "absent"],
    ["/empty/", { listing: true }, "directory"],
    ["/both/", { listing: true }, "/both/index.html after 0"],
    ["/odd/", {}, "absent"],
    ["/odd/", { listing: true }, "directory"],
    ["/file/", { listing: true }, "absent"],
    ["/nothing/", { listing: true }, "absent"],
  ])("%s with %j: %s", async (path, options, expected) => {
    const before = openDescriptors();
    expect(await where(path, options)).toBe(expected);
    await expect.poll(openDescriptors).toBeLessThanOrEqual(before);
  });
});
