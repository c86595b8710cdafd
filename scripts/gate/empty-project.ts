/** An empty project, into which packed packages are installed as a user would install them. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PublishedPackage } from "./packed-packages.ts";
import { type CommandResult, type Outcome, runCommand } from "./step.ts";

export type PackageManager = "npm" | "pnpm" | "yarn";

// Run under this name so that nothing depends on what the machine has; the versions are those of the day.
const INSTALL: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ["npm", "install", "--no-audit", "--no-fund"],
  pnpm: ["npx", "--yes", "pnpm@12.21.0", "install", "--no-frozen-lockfile"],
  yarn: ["npx", "--yes", "--package=@yarnpkg/cli-dist@4.18.1", "yarn", "install", "--no-immutable"],
};

export class EmptyProject {
  readonly folder: string;
  /** Folder of the `node` that runs what is installed; first on the path. */
  readonly #nodeFolder: string | undefined;

  constructor(folder: string, nodeFolder?: string) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
    this.#nodeFolder = nodeFolder;
  }

  /** @param tarballs Everything that is wanted, by name: siblings must come from here too, not from a registry. */
  install(manager: PackageManager, tarballs: ReadonlyMap<string, string>, wanted: readonly string[]): CommandResult {
    const files = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]));
    const dependencies = Object.fromEntries(wanted.map((name) => [name, files[name] ?? "*"]));
    const manifest = { private: true, type: "module", dependencies, overrides: files, resolutions: files };
    writeFileSync(join(this.folder, "package.json"), JSON.stringify(manifest));
    if (manager === "yarn") {
      writeFileSync(join(this.folder, ".yarnrc.yml"), "nodeLinker: node-modules\nenableTelemetry: false\n");
      writeFileSync(join(this.folder, "yarn.lock"), "");
    }
    if (manager === "pnpm") {
      const overrides = Object.entries(files).map(([name, file]) => `  "${name}": "${file}"`);
      const settings = ["packages: []", "pmOnFail: ignore", "overrides:", ...overrides, ""].join("\n");
      writeFileSync(join(this.folder, "pnpm-workspace.yaml"), settings);
    }
    return this.run(...INSTALL[manager]);
  }

  run(...command: readonly string[]): CommandResult {
    const path = this.#nodeFolder === undefined ? [] : [`PATH=${this.#nodeFolder}:${process.env["PATH"]}`];
    return runCommand("env", ["-u", "NODE_OPTIONS", ...path, ...command], this.folder);
  }

  /** Imports each entry, and looks whether it exports anything. */
  importEach(packages: readonly PublishedPackage[]): Outcome[] {
    return packages.flatMap(({ entries }) =>
      entries.map((entry) => {
        const program = `const names = Object.keys(await import(${JSON.stringify(entry)})); if (names.length === 0) throw new Error("exports nothing")`;
        return checked(`import ${entry}`, this.run("node", "--input-type=module", "--eval", program));
      }),
    );
  }

  /** Runs the program that a package's README opens with. */
  runReadmes(packages: readonly PublishedPackage[]): Outcome[] {
    return packages.flatMap(({ name, folder, entries }) => {
      const program = /^```(ts|js)\n([\s\S]*?)^```$/m.exec(readFileSync(join(folder, "README.md"), "utf8"));
      if (entries.length === 0 || program === null) return [];
      const file = join(this.folder, `${name.replace(/^.*\//, "")}.m${program[1]}`);
      writeFileSync(file, program[2] ?? "");
      return [checked(`the program of ${name}'s README`, this.run("timeout", "30", "node", file))];
    });
  }

  /** Reads every declaration that a user's compiler would read. */
  typeCheck(packages: readonly PublishedPackage[], tsc: string): Outcome {
    const lines = packages.flatMap(({ entries }) =>
      entries.map((entry, index) => `import * as ${entry.replaceAll(/\W/g, "_")}${index} from "${entry}";`),
    );
    const names = lines.map((line) => /as (\w+)/.exec(line)?.[1]);
    writeFileSync(join(this.folder, "types.mts"), `${lines.join("\n")}\nexport const all = [${names.join(", ")}];\n`);
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--types", "node"];
    return checked("types", this.run(tsc, ...options, "types.mts"));
  }

  /** How much was installed: packages, and bytes of their files. */
  size(): { packages: number; bytes: number } {
    const files = readdirSync(join(this.folder, "node_modules"), { recursive: true, withFileTypes: true });
    const manifests = files.filter(
      ({ name, parentPath }) =>
        name === "package.json" &&
        /node_modules\/(?:@[^/]+\/)?[^/]+$/.test(parentPath) &&
        !parentPath.includes("/.bin"),
    );
    const bytes = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name)).length);
    return {
      packages: new Set(manifests.map(({ parentPath }) => dirname(parentPath) + parentPath)).size,
      bytes: sumOf(bytes),
    };
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}

export function checked(what: string, { succeeded, output }: CommandResult): Outcome {
  return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, output: succeeded ? "" : `${what}:\n${output}\n` };
}

export function inAll(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: sumOf(outcomes.map(({ passed }) => passed)),
    failed: sumOf(outcomes.map(({ failed }) => failed)),
    output: outcomes.map(({ output }) => output).join(""),
  };
}
