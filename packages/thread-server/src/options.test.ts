import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { resolveSettings } from "./options.ts";

describe("resolveSettings", () => {
  it("takes a path from the working directory, and URLs as they are", () => {
    expect(resolveSettings({ module: "app.js" }).module).toBe(pathToFileURL(join(process.cwd(), "app.js")).href);
    expect(resolveSettings({ module: "file:///app.js" }).module).toBe("file:///app.js");
    expect(resolveSettings({ module: new URL("file:///app.js") }).module).toBe("file:///app.js");
  });

  it("has a thread for each processor by default", () => {
    expect(resolveSettings({ module: "app.js" }).threads).toBe(availableParallelism());
  });

  it.each([
    [{ threads: 0 }, "expected threads above 0, got 0"],
    [{ threads: 1.5 }, "expected threads to be an integer, got 1.5"],
    [{ heartbeatTimeoutMs: -1 }, "expected heartbeatTimeoutMs above 0, got -1"],
    [{ maxCrashes: Number.NaN }, "expected maxCrashes above 0, got NaN"],
  ])("refuses %o", (options, message) => {
    expect(() => resolveSettings({ module: "app.js", ...options })).toThrow(message);
  });
});
