/**
 * Before a release: packs every package, installs them into empty projects with npm, pnpm and yarn on each supported
 * Node, imports, type-checks and runs them there, and lets changesets and npm go through a release without making it.
 */
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { checked, EmptyProject, inAll, type PackageManager } from "./gate/empty-project.ts";
import { packInto, publishedPackages } from "./gate/packed-packages.ts";
import { type Outcome, ROOT, runCommand } from "./gate/step.ts";

const NODE_VERSIONS = ["22", "24", "26"] as const;
const PACKAGE_MANAGERS: readonly PackageManager[] = ["npm", "pnpm", "yarn"];

const folder = mkdtempSync(join(tmpdir(), "tinyhttp-publish-"));
const packages = publishedPackages();
let failed = 0;
try {
  const tarballs = packInto(folder);
  for (const version of NODE_VERSIONS) {
    const nodeFolder = installNode(version);
    for (const manager of PACKAGE_MANAGERS)
      report(`${manager}, Node ${version}`, tryAll(tarballs, manager, version, nodeFolder));
  }
  report("changeset version", inAll(versionsToCome()));
  report("npm publish --dry-run", inAll([...tarballs].map(([name, file]) => dryRun(name, file))));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;

function installNode(version: string): string {
  const home = join(folder, `node-${version}`);
  const { succeeded, output } = runCommand("npm", [
    "install",
    "--prefix",
    home,
    "--no-audit",
    "--no-fund",
    `node@${version}`,
  ]);
  if (!succeeded) throw new Error(`Cannot install Node ${version}: ${output}`);
  return join(home, "node_modules/node/bin");
}

function tryAll(
  tarballs: ReadonlyMap<string, string>,
  manager: PackageManager,
  version: string,
  nodeFolder: string,
): Outcome {
  const project = new EmptyProject(join(folder, `${manager}-${version}`), nodeFolder);
  const installed = project.install(manager, tarballs, [...tarballs.keys(), "@types/node"]);
  if (!installed.succeeded) return checked(`${manager} install`, installed);
  return inAll([
    ...project.importEach(packages),
    ...project.runReadmes(packages),
    project.typeCheck(packages, join(ROOT, "node_modules/.bin/tsc")),
    checked("tinyhttp --version", project.run("node_modules/.bin/tinyhttp", "--version")),
  ]);
}

/** Lets changesets do their work in a copy: every package that was never published must come to a version. */
function versionsToCome(): Outcome[] {
  const copy = join(folder, "copy");
  const cloned = runCommand("git", ["clone", "--quiet", ROOT, copy]);
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const versioned = runCommand("changeset", ["version"], copy);
  const versions = packages.map(({ name, folder: home }) => {
    const { version } = JSON.parse(readFileSync(join(copy, relative(ROOT, home), "package.json"), "utf8")) as {
      version: string;
    };
    return checked(name, { succeeded: version !== "0.0.0", output: `version ${version}; add a changeset for it` });
  });
  return [checked("git clone", cloned), checked("changeset version", versioned), ...versions];
}

/** What would be published, and whether npm would take it; a version that is already out is no fault. */
function dryRun(name: string, file: string): Outcome {
  const { succeeded, output } = runCommand("npm", ["publish", "--dry-run", "--access", "public", file]);
  return checked(name, { succeeded: succeeded || output.includes("previously published"), output });
}

function report(what: string, { passed, failed: failures, output }: Outcome): void {
  failed += failures;
  console.log(`${failures === 0 ? "ok    " : "FAILED"} ${what}: ${passed} passed, ${failures} failed`);
  if (failures > 0) console.log(output);
}
