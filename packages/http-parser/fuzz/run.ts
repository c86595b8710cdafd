/**
 * Fuzzes one target, guided by coverage: `node fuzz/run.ts request-parser [seconds]`, default 60.
 *
 * Starts from the kept inputs and keeps those that reach different code. An input that breaks an invariant is written
 * to the working folder. Needs glibc 2.38 or later: the fuzzer is a native addon.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { packCorpus, unpackCorpus } from "./corpus.ts";

const [target = "request-parser", seconds = "60"] = process.argv.slice(2);
const here = fileURLToPath(new URL(".", import.meta.url));
const jazzer = join(here, "..", "node_modules", ".bin", "jazzer");
const folder = mkdtempSync(join(tmpdir(), "http-parser-fuzz-"));
const found = join(folder, "found");
const kept = join(folder, "kept");

/** @returns Whether it ended well. */
function run(folders: readonly string[], ...options: string[]): boolean {
  const args = [join(folder, target), "--includes", folder, "--sync", ...folders, "--", "-max_len=4096", ...options];
  return spawnSync(jazzer, args, { stdio: "inherit" }).status === 0;
}

try {
  await build({
    entryPoints: [join(here, `${target}.ts`)],
    outfile: join(folder, `${target}.js`),
    bundle: true,
    platform: "node",
    format: "cjs",
  });
  unpackCorpus(target, found);
  mkdirSync(kept);
  if (run([found], `-max_total_time=${seconds}`) && run([kept, found], "-merge=1")) packCorpus(target, kept);
  else process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
