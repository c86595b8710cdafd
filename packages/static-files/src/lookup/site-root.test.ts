import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporarySite } from "../../test/temporary-site.ts";
import { SiteRoot } from "./site-root.ts";

describe("SiteRoot", () => {
  it("says what is wrong with a root that is not there", () => {
    const path = join(temporarySite(), "nowhere");
    expect(() => new SiteRoot(path)).toThrow(
      expect.objectContaining({
        code: "root-not-found",
        message: `Cannot serve ${JSON.stringify(path)}: no such directory or file`,
      }),
    );
  });

  it("refuses a root that is a device", () => {
    expect(() => new SiteRoot("/dev/null")).toThrow(expect.objectContaining({ code: "root-not-readable" }));
  });

  it("contains itself and what is below, and no neighbour", () => {
    const path = temporarySite();
    const root = new SiteRoot(path);
    expect(root.contains(path)).toBe(true);
    expect(root.contains(`${path}/a`)).toBe(true);
    expect(root.contains(`${path}-secret/a`)).toBe(false);
    expect(root.contains("/")).toBe(false);
    expect(new SiteRoot("/").contains("/etc")).toBe(true);
  });

  it("joins paths at the file system's top as elsewhere", () => {
    expect(new SiteRoot("/").resolve("/etc")).toBe("/etc");
    const path = temporarySite();
    expect(new SiteRoot(path).resolve("/a/b")).toBe(`${path}/a/b`);
  });

  it("notices when it vanishes and when it returns", () => {
    const path = temporarySite({ "site/a": "a" });
    const root = new SiteRoot(join(path, "site"));
    expect(root.isPresent()).toBe(true);
    renameSync(join(path, "site"), join(path, "away"));
    expect(root.isPresent()).toBe(false);
    mkdirSync(join(path, "site"));
    expect(root.isPresent()).toBe(true);
  });
});
