/** `pnpm run bench:readme`: writes the last whole run into the README of the root, and draws its chart again. */
import { readFileSync } from "node:fs";
import type { Report } from "./report.ts";
import { resultFile, showInReadme } from "./results.ts";

try {
  showInReadme(JSON.parse(readFileSync(resultFile("serve.json"), "utf8")) as Report);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
