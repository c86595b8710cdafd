import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundled } from "./bundle.ts";

const run = promisify(execFile);
const tool = (name: string) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
const vectorsFile = new URL("../../../conformance/vectors/http1-vectors.json", import.meta.url);
/** What every runtime answers: how many vectors it read, and the ids of those that it read wrongly. */
const CHECK = `
  import { failedVectors } from "./test/failed-vectors.ts";
  export { failedVectors };
`;

let folder: string;
let vectors: string;
let code: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "http-parser-"));
  vectors = await readFile(vectorsFile, "utf8");
  code = await bundled(CHECK, { globalName: "checks" });
  const program = `const vectors = ${vectors};\n${code}\nconsole.log(JSON.stringify([vectors.length, checks.failedVectors(vectors)]));\n`;
  await writeFile(join(folder, "check.js"), program);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const wanted = () => [(JSON.parse(vectors) as unknown[]).length, []];

describe("the parsers read every vector, whole and in pieces, in", () => {
  it("Deno", async () => {
    const { stdout } = await run(tool("deno"), ["run", "--no-config", "--no-remote", join(folder, "check.js")], {
      env: { ...process.env, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
    });
    expect(JSON.parse(stdout)).toEqual(wanted());
  });

  it("Bun", async () => {
    const { stdout } = await run(tool("bun"), ["run", join(folder, "check.js")]);
    expect(JSON.parse(stdout)).toEqual(wanted());
  });

  it("Node without Buffer", async () => {
    const program = `delete globalThis.Buffer; require(${JSON.stringify(join(folder, "check.js"))});`;
    const { stdout } = await run(process.execPath, ["--eval", program]);
    expect(JSON.parse(stdout)).toEqual(wanted());
  });

  it("Chromium", async () => {
    const browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: code });
      const result = await page.evaluate(
        `(() => { const vectors = ${vectors}; return [vectors.length, checks.failedVectors(vectors)]; })()`,
      );
      expect(result).toEqual(wanted());
    } finally {
      await browser.close();
    }
  });
});
