import { describe, expect, it } from "vitest";
import { resolveOptions } from "./options.ts";

describe("resolveOptions", () => {
  it("is safe where nothing is said", () => {
    expect(resolveOptions({})).toMatchObject({
      index: ["index.html"],
      listing: false,
      spaPage: undefined,
      cleanUrls: false,
      showsDotfiles: false,
      followSymlinks: false,
      basePath: "",
      notFoundPage: "/404.html",
      headers: [],
      cors: "none",
      compress: true,
      precompressed: true,
      untrusted: "trusted",
      cache: { maxBytes: 67_108_864, maxFileBytes: 1_048_576, revalidateMs: 1000 },
    });
    expect(resolveOptions({}).cacheControl("/a")).toBe("no-cache");
  });

  it("reads the short forms", () => {
    expect(resolveOptions({ index: false }).index).toEqual([]);
    expect(resolveOptions({ spa: true }).spaPage).toBe("/index.html");
    expect(resolveOptions({ spa: "/app/start.html" }).spaPage).toBe("/app/start.html");
    expect(resolveOptions({ basePath: "/a/b/" }).basePath).toBe("/a/b");
    expect(resolveOptions({ basePath: "/" }).basePath).toBe("");
    expect(resolveOptions({ notFoundPage: false }).notFoundPage).toBeUndefined();
    expect(resolveOptions({ cacheControl: "" }).cacheControl("/a")).toBeUndefined();
    expect(resolveOptions({ cors: ["*"] }).cors).toBe("all");
    expect(resolveOptions({ untrusted: true }).untrusted).toBe("sandbox");
    expect(resolveOptions({ cache: false })).toMatchObject({ cache: undefined, compress: false });
    expect(resolveOptions({ cache: { maxBytes: 1000 } }).cache).toMatchObject({ maxFileBytes: 1000 });
    expect(resolveOptions({ headers: { "X-A": ["1", "2"] } }).headers).toEqual([
      ["X-A", "1"],
      ["X-A", "2"],
    ]);
  });

  it.each([
    [{ index: ["a/b"] }, 'Cannot use "a/b" as an index: expected a file name without a slash'],
    [{ index: [""] }, 'Cannot use "" as an index: expected a file name without a slash'],
    [{ basePath: "docs" }, 'Cannot use "docs" as base path: expected a path such as "/a/b"'],
    [{ basePath: "//docs" }, 'Cannot use "//docs" as base path: expected a path such as "/a/b"'],
    [{ basePath: "/a//b" }, 'Cannot use "/a//b" as base path: expected a path such as "/a/b"'],
    [{ spa: "/../a" }, 'Cannot use "/../a" as spa: expected a path such as "/a/b"'],
    [{ notFoundPage: "/a/./b" }, 'Cannot use "/a/./b" as notFoundPage: expected a path such as "/a/b"'],
    [
      { headers: { etag: '"a"' } },
      'Cannot set the field "etag" for every response: it is computed for each; leave it out',
    ],
    [{ cache: { maxBytes: -1 } }, "Cannot use -1 as cache.maxBytes: expected 0 or more"],
    [{ cache: { revalidateMs: Number.NaN } }, "Cannot use NaN as cache.revalidateMs: expected 0 or more"],
  ])("refuses %j", (options, message) => {
    expect(() => resolveOptions(options)).toThrow(message);
  });
});
