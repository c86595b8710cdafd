import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CannotRun } from "../failure.ts";
import { SERVE_OPTIONS, type GivenOptions } from "../options.ts";
import { configure, type Configuration } from "./configuration.ts";

const directory = mkdtempSync(join(tmpdir(), "tinyhttp-configuration-"));
const file = join(directory, "site.json");
afterAll(() => rmSync(directory, { recursive: true }));

const CONFIG = {
  defaultMode: "public",
  port: 1,
  host: "file",
  index: ["file.html"],
  spa: true,
  public: { port: 2, index: ["public.html"] },
  private: { port: 3 },
};

function configured(typed: GivenOptions, env: Record<string, string>): Promise<Configuration> {
  writeFileSync(file, JSON.stringify(CONFIG, undefined, 1));
  return configure({ config: file, ...typed }, SERVE_OPTIONS, env);
}

describe("configure", () => {
  it("takes what was typed over the environment, that over the mode's part of the file, and that over the rest", async () => {
    const typed = { port: 9 };
    const env = { TINYHTTP_PORT: "8", TINYHTTP_HOST: "env" };
    expect((await configured(typed, env)).given).toMatchObject({
      port: 9,
      host: "env",
      index: ["public.html"],
      spa: true,
    });
    expect((await configured({}, env)).given.port).toBe(8);
    expect((await configured({}, {})).given).toMatchObject({ mode: "public", port: 2, host: "file" });
    expect((await configured({ mode: "unprivate" }, {})).given).toMatchObject({ port: 1, index: ["file.html"] });
    expect((await configured({}, { TINYHTTP_MODE: "private" })).given).toMatchObject({ mode: "private", port: 3 });
  });

  it("says where each value comes from", async () => {
    const { origins, options } = await configured({ port: 9 }, { TINYHTTP_HOST: "env" });
    expect(origins.get("port")).toEqual({ kind: "command line" });
    expect(origins.get("host")).toEqual({ kind: "environment", variable: "TINYHTTP_HOST" });
    expect(origins.get("index")).toEqual({ kind: "file", file, keyPath: "public.index", line: 11 });
    expect(origins.get("mode")).toEqual({ kind: "file", file, keyPath: "defaultMode", line: 2 });
    expect(origins.has("cors")).toBe(false);
    expect(options.cors).toBe(false);
  });

  it("reads a file that the environment names", async () => {
    await configured({}, {});
    const { given } = await configure({}, SERVE_OPTIONS, { TINYHTTP_CONFIG: file });
    expect(given.spa).toBe(true);
  });

  it("fails when a file that was named is not there", async () => {
    const none = join(directory, "none.json");
    const message = `Cannot read "${none}": there is no such file or directory; name a file that can be read with --config`;
    await expect(configure({ config: none }, SERVE_OPTIONS, {})).rejects.toThrow(new CannotRun(message));
  });
});
