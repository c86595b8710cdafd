import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Builds our command and the packages it is made of, so that what is measured is what would be published, of the
 * sources as they are. Turbo answers at once when nothing changed.
 */
export function buildTinyhttp(): void {
  const workspace = fileURLToPath(new URL("../..", import.meta.url));
  const turbo = fileURLToPath(new URL("../../node_modules/.bin/turbo", import.meta.url));
  const build = ["run", "build", "--filter=@tinyhttp/cli", "--output-logs=errors-only"];
  const { status, error, stdout, stderr } = spawnSync(turbo, build, { cwd: workspace, encoding: "utf8" });
  if (error !== undefined) throw new Error('Cannot build tinyhttp: turbo is not installed; run "pnpm install" first');
  if (status !== 0) throw new Error(`Cannot build tinyhttp: "turbo ${build.join(" ")}" failed:\n${stdout}${stderr}`);
}
