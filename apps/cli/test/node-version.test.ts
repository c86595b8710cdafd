import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { run } from "./program.ts";

const BIN = fileURLToPath(new URL("../bin/tinyhttp.js", import.meta.url));

/** Whether `bin/tinyhttp.js` goes on to the program on a Node that says it is `version`. */
async function refusalOf(version: string): Promise<string | undefined> {
  const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  const { code, stdout, stderr } = await run([process.execPath, "--import", preload, BIN, "--version"]);
  if (!stderr.includes("Cannot run on Node")) return undefined;
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  return stderr;
}

describe("bin/tinyhttp.js", () => {
  it("names the same versions as package.json", () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect(manifest).toHaveProperty("engines.node", "^22.23.2 || ^24.18.1 || >=26.5.1");
    expect(readFileSync(BIN, "utf8")).toContain("{ 22: [23, 2], 24: [18, 1], 26: [5, 1] }");
  });

  it.each([["18.20.0"], ["20.20.2"], ["22.23.1"], ["22.9.9"], ["23.11.0"], ["24.18.0"], ["25.0.0"], ["26.5.0"]])(
    "refuses Node %s in one sentence",
    async (version) => {
      expect(await refusalOf(version)).toBe(
        `tinyhttp: Cannot run on Node ${version}: install Node 26.5.1 or later, or the latest of lines 24 and 22, from https://nodejs.org\n`,
      );
    },
  );

  it.each([["22.23.2"], ["22.30.0"], ["24.18.1"], ["24.19.0"], ["26.5.1"], ["26.10.0"], ["27.0.0"], ["30.1.2"]])(
    "runs on Node %s",
    async (version) => {
      expect(await refusalOf(version)).toBeUndefined();
    },
  );
});
