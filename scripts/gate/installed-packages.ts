/**
 * Installs every packed package into an empty project with npm, imports each entry, checks its types, and runs the
 * program; then the program alone and the parser alone, whose users must not get more than they asked for.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checked, EmptyProject, inAll } from "./empty-project.ts";
import { packInto, publishedPackages } from "./packed-packages.ts";
import { type Outcome, ROOT, type Step } from "./step.ts";

// What somebody who types `npx @tinyhttp/cli` waits for.
const MOST_PACKAGES = 30;
const MOST_BYTES = 3 * 1024 * 1024;

export const installedPackages: Step = {
  name: "installed packages",
  run(): Outcome {
    const folder = mkdtempSync(join(tmpdir(), "tinyhttp-install-"));
    try {
      const tarballs = packInto(folder);
      return inAll([...everything(folder, tarballs), ...programAlone(folder, tarballs), parserAlone(folder, tarballs)]);
    } catch (error) {
      return { passed: 0, failed: 1, output: String(error) };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function everything(folder: string, tarballs: ReadonlyMap<string, string>): Outcome[] {
  const packages = publishedPackages();
  const project = new EmptyProject(join(folder, "everything"));
  const installed = project.install("npm", tarballs, [...tarballs.keys(), "@types/node"]);
  if (!installed.succeeded) return [checked("npm install", installed)];
  return [
    ...project.importEach(packages),
    project.typeCheck(packages, join(ROOT, "node_modules/.bin/tsc")),
    checked("tinyhttp --version", project.run("npx", "--no-install", "tinyhttp", "--version")),
  ];
}

function programAlone(folder: string, tarballs: ReadonlyMap<string, string>): Outcome[] {
  const project = new EmptyProject(join(folder, "program"));
  const installed = project.install("npm", tarballs, ["@tinyhttp/cli"]);
  const { packages, bytes } = project.size();
  const isSmall = packages < MOST_PACKAGES && bytes < MOST_BYTES;
  const output = `${packages} packages, ${bytes} bytes; expected fewer than ${MOST_PACKAGES} and ${MOST_BYTES}`;
  return [checked("npm install @tinyhttp/cli", installed), checked("its size", { succeeded: isSmall, output })];
}

/** The parser is for embedding: it must bring nothing with it. */
function parserAlone(folder: string, tarballs: ReadonlyMap<string, string>): Outcome {
  const project = new EmptyProject(join(folder, "parser"));
  const { succeeded, output } = project.install("npm", tarballs, ["@tinyhttp/http-parser"]);
  const { packages } = project.size();
  return checked("npm install @tinyhttp/http-parser", {
    succeeded: succeeded && packages === 1,
    output: `${packages} packages\n${output}`,
  });
}
