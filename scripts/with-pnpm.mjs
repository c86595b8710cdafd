// Runs one script of this workspace on a machine where only Node (20 or later) and npm exist.
// The workspace brings its own Node and its own tools; this file must therefore run on an old one.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const root = new URL("..", import.meta.url);
const { packageManager } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const [script, ...args] = process.argv.slice(2);

if (script === undefined) {
  console.error("Usage: node scripts/with-pnpm.mjs <script of package.json> [arguments]");
  process.exit(2);
}

pnpm("install", "--frozen-lockfile", "--reporter=append-only", "--loglevel=error");
pnpm("--silent", "run", script, ...args);

function pnpm(...words) {
  const { status } = spawnSync("npx", ["--yes", "--loglevel=error", packageManager, ...words], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}
