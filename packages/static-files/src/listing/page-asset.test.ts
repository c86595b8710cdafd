import { describe, expect, it } from "vitest";
import { buildScript, buildStyle } from "../../scripts/page-assets.ts";
import { LISTING_SCRIPT, LISTING_STYLE } from "./page-assets.ts";
import { isVersionOf, pageAssetAt, pageAssetHref } from "./page-asset.ts";

describe("page assets", () => {
  it("are made from the sources as they are now; if not, run scripts/page-assets.ts", () => {
    expect(LISTING_STYLE === buildStyle()).toBe(true);
    expect(LISTING_SCRIPT === buildScript()).toBe(true);
  });

  it("stay small", () => {
    expect(LISTING_STYLE.length).toBeLessThan(11_500);
    expect(LISTING_SCRIPT.length).toBeLessThan(12_500);
  });
});

describe("pageAssetAt", () => {
  it.each(["/.tinyhttp/listing.js", "/a/b/.tinyhttp/listing.css", "/.tinyhttp/folder.svg"])("finds %s", (path) => {
    expect(pageAssetAt(path)).toBeDefined();
  });

  it.each(["/.tinyhttp/", "/.tinyhttp/x.js", "/.tinyhttp/toString", "/x.tinyhttp/listing.js", "/listing.js"])(
    "leaves %s to the site",
    (path) => {
      expect(pageAssetAt(path)).toBeUndefined();
    },
  );

  it("knows by the address whether it has the version that is meant", () => {
    const asset = pageAssetAt("/.tinyhttp/listing.js");
    const [, query = ""] = pageAssetHref("listing.js").split("?");
    expect(asset && isVersionOf(asset, query)).toBe(true);
    expect(asset && isVersionOf(asset, "v=0")).toBe(false);
  });
});
