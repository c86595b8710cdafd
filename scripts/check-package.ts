/**
 * Run in a package's folder: packs it as it would be published and looks at the tarball, because only the tarball has
 * the `workspace:` ranges resolved and lacks what `files` leaves out.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./gate/step.ts";

const packageFolder = process.cwd();
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { name: string; exports: Record<string, unknown> };
const isLibrary = "." in manifest.exports;
const folder = mkdtempSync(join(tmpdir(), "tinyhttp-pack-"));

try {
  run("pnpm", "pack", "--pack-destination", folder);
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
  const packed = run("tar", "-xzOf", tarball, "package/package.json");
  if (/"(?:workspace|catalog):/.test(packed)) fail("the packed manifest still has a workspace: or catalog: range");
  const files = run("tar", "-tzf", tarball);
  for (const needed of ["package/README.md", "package/LICENSE"]) {
    if (!files.includes(needed)) fail(`the tarball lacks ${needed}`);
  }
  if (/\.test\.(?:ts|js)/.test(files)) fail("the tarball carries tests");
  run("publint", "--strict", tarball);
  if (isLibrary) run("attw", tarball, "--profile", "esm-only");
} finally {
  rmSync(folder, { recursive: true });
}

function run(command: string, ...words: string[]): string {
  const { succeeded, output } = runCommand(command, words, packageFolder);
  if (!succeeded) fail(`${command} ${words.join(" ")}\n${output}`);
  return output;
}

function fail(reason: string): never {
  rmSync(folder, { recursive: true, force: true });
  console.error(`Cannot publish ${manifest.name}: ${reason}`);
  process.exit(1);
}
