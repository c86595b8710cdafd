import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
}

/** An npm package as installed here: what it is and which script its command runs. */
export class InstalledPackage {
  readonly version: string;
  readonly #directory: string;
  readonly #bin: Readonly<Record<string, string>>;

  /** @param manifestUrl What `import.meta.resolve("<package>/package.json")` gives. */
  constructor(manifestUrl: string) {
    const path = fileURLToPath(manifestUrl);
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    this.version = manifest.version;
    this.#directory = dirname(path);
    this.#bin = manifest.bin;
  }

  /**
   * The script behind a command. Started with node directly, because the link in `node_modules/.bin` is a shell
   * script: one more process, and whichever node comes first on the PATH.
   */
  script(command: string): string {
    const relative = this.#bin[command];
    if (relative === undefined) throw new Error(`Cannot find the command "${command}" in ${this.#directory}`);
    return join(this.#directory, relative);
  }
}
