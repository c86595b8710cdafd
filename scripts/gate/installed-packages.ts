/** Installs every packed package into an empty project with npm, imports each one, and runs the executable. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Outcome, ROOT, runCommand, type Step } from "./step.ts";

interface Manifest {
  name: string;
  private?: boolean;
  exports?: Record<string, unknown>;
}

export const installedPackages: Step = {
  name: "installed packages",
  run(): Outcome {
    const folder = mkdtempSync(join(tmpdir(), "tinyhttp-install-"));
    try {
      const published = manifests();
      const complaint = installAll(folder, published.length);
      if (complaint !== undefined) return { passed: 0, failed: 1, output: complaint };
      const libraries = published.filter(({ exports }) => exports !== undefined && "." in exports);
      return [
        ...libraries.map((library) => importOf(folder, library.name)),
        executable(folder),
        parserAlone(folder),
      ].reduce(sum);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function manifests(): Manifest[] {
  return ["packages", "apps"]
    .flatMap((parent) => readdirSync(join(ROOT, parent)).map((name) => join(ROOT, parent, name, "package.json")))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as Manifest)
    .filter((manifest) => manifest.private !== true);
}

function installAll(folder: string, count: number): string | undefined {
  const pack = runCommand("pnpm", [
    "--recursive",
    "--filter",
    "./packages/*",
    "--filter",
    "./apps/*",
    "pack",
    "--pack-destination",
    folder,
  ]);
  const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  if (!pack.succeeded || tarballs.length !== count)
    return `Packed ${tarballs.length} of ${count} packages\n${pack.output}`;
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const install = runCommand(
    "npm",
    ["install", "--no-audit", "--no-fund", ...tarballs.map((name) => `./${name}`)],
    folder,
  );
  return install.succeeded ? undefined : install.output;
}

function importOf(folder: string, name: string): Outcome {
  const program = `const names = Object.keys(await import(${JSON.stringify(name)})); if (names.length === 0) throw new Error("exports nothing")`;
  return outcomeOf(`import ${name}`, runCommand("node", ["--input-type=module", "--eval", program], folder));
}

function executable(folder: string): Outcome {
  return outcomeOf("tinyhttp --version", runCommand("npx", ["--no-install", "tinyhttp", "--version"], folder));
}

/** The parser is for embedding: it must bring nothing with it. */
function parserAlone(folder: string): Outcome {
  const file = join(folder, "node_modules", "@tinyhttp", "http-parser", "package.json");
  const { dependencies = {} } = JSON.parse(readFileSync(file, "utf8")) as { dependencies?: Record<string, string> };
  const names = Object.keys(dependencies).join(", ");
  return outcomeOf("dependencies of the parser", { succeeded: names === "", output: names });
}

function outcomeOf(what: string, { succeeded, output }: { succeeded: boolean; output: string }): Outcome {
  return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, output: succeeded ? "" : `${what}:\n${output}` };
}

function sum(left: Outcome, right: Outcome): Outcome {
  return { passed: left.passed + right.passed, failed: left.failed + right.failed, output: left.output + right.output };
}
