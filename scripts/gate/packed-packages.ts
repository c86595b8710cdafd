/** The packages as they would be published: their manifests, and their tarballs in a folder. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, runCommand } from "./step.ts";

export interface PublishedPackage {
  readonly name: string;
  /** Where it stands in this repository. */
  readonly folder: string;
  /** What can be imported: `@tinyhttp/handler`, `@tinyhttp/handler/fetch` …; nothing of a program. */
  readonly entries: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Record<string, unknown>;
}

export function publishedPackages(): PublishedPackage[] {
  return ["packages", "apps"]
    .flatMap((parent) => readdirSync(join(ROOT, parent)).map((name) => join(ROOT, parent, name)))
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => manifest.private !== true)
    .map(({ folder, manifest }) => ({ name: manifest.name, folder, entries: entriesOf(manifest) }));
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

function entriesOf({ name, exports = {} }: Manifest): string[] {
  return Object.entries(exports)
    .filter(([, target]) => typeof target === "object")
    .map(([path]) => name + path.slice(1));
}

/** @returns The tarballs by package. */
export function packInto(folder: string): Map<string, string> {
  const packed = publishedPackages();
  const filters = ["--filter", "./packages/*", "--filter", "./apps/*"];
  const { succeeded, output } = runCommand("pnpm", ["--recursive", ...filters, "pack", "--pack-destination", folder]);
  const files = readdirSync(folder);
  const tarballs = packed.flatMap(({ name }) => {
    const file = files.find((candidate) => candidate.startsWith(`${name.slice(1).replace("/", "-")}-`));
    return file === undefined ? [] : [[name, join(folder, file)] as const];
  });
  if (!succeeded || tarballs.length !== packed.length) {
    throw new Error(`Packed ${tarballs.length} of ${packed.length} packages\n${output}`);
  }
  return new Map(tarballs);
}
