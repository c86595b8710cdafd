/** What is served: a directory or file as a handler, or the handler that a module exports. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Handler } from "@tinyhttp/handler";
import { COMMANDS } from "./commands.ts";
import { readCacheControl, readExtraFields } from "./extra-fields.ts";
import { CannotRun, UsageError } from "./failure.ts";
import { optionEntries, type GivenOptions, type Options } from "./options.ts";
import { closestName } from "./suggestion.ts";
import { systemReason } from "./system-reason.ts";

const { accessSync, constants } = process.getBuiltinModule("node:fs");

// For all threads together; what a server of one thread takes by itself.
const CACHE_BYTES = 64 * 1024 * 1024;

/** @param threads Among which the memory for hot files is divided. */
export async function directoryHandler(options: Options, threads: number): Promise<Handler> {
  const { root } = options;
  const { staticFiles } = await import("@tinyhttp/static-files");
  const settings = {
    index: options.index,
    // An application's own paths may be called like directories of its files.
    listing: options.listing ?? !options.spa,
    // In public mode anybody's crawler would follow the link, and read each tree once for every folder in it.
    archive: options.zip ?? options.mode !== "public",
    spa: options.spa,
    cleanUrls: options["clean-urls"],
    dotfiles: options.dotfiles ? ("served" as const) : ("absent" as const),
    followSymlinks: options["follow-symlinks"],
    basePath: options["base-path"],
    cacheControl: readCacheControl(options["cache-control"]),
    headers: readExtraFields(options.header ?? []),
    cors: options.cors,
    compress: options.compress,
    precompressed: options.compress,
    cache: { maxBytes: Math.ceil(CACHE_BYTES / threads), revalidateMs: options.watch ? 0 : undefined },
  };
  try {
    const handler = staticFiles(root, settings);
    accessSync(root, constants.R_OK);
    return handler;
  } catch (error) {
    throw rootFailure(root, error);
  }
}

/** @param path Of a JavaScript or TypeScript module, relative to the working directory. */
export async function moduleHandler(path: string): Promise<Handler> {
  const { loadHandler } = await import("@tinyhttp/handler");
  const file = resolve(path);
  try {
    accessSync(file, constants.R_OK);
  } catch (cause) {
    const fix = "give --handler the path of a module";
    throw new CannotRun(`Cannot load ${JSON.stringify(path)}: ${systemReason(cause)}; ${fix}`, { cause });
  }
  let namespace: unknown;
  try {
    namespace = await import(pathToFileURL(file).href);
  } catch (cause) {
    throw new CannotRun(`Cannot load ${JSON.stringify(path)}: ${systemReason(cause)}; --debug shows where`, { cause });
  }
  try {
    return await loadHandler(namespace);
  } catch (cause) {
    throw new CannotRun(`Cannot serve ${JSON.stringify(path)}: ${systemReason(cause)}`, { cause });
  }
}

/** @throws {UsageError} A module and something that only concerns files are both asked for. */
export function refuseFileOptions(given: GivenOptions): void {
  const { root } = given;
  if (root !== undefined) {
    throw new UsageError(`Cannot serve ${JSON.stringify(root)} and --handler at once: leave one of them out`);
  }
  for (const [name, spec] of optionEntries()) {
    const concernsFiles = spec.group === "answers" || (spec.group === "files" && name !== "handler");
    if (!concernsFiles || given[name] === undefined) continue;
    throw new UsageError(`--${name} has no effect on --handler, which makes its own answers: leave one of them out`);
  }
}

function rootFailure(root: string, cause: unknown): unknown {
  // What was typed is checked by the package that uses it; it says so with a TypeError.
  if (cause instanceof TypeError) return new UsageError(cause.message, { cause });
  if (!(cause instanceof Error) || !("code" in cause)) return cause;
  const isAboutRoot = cause.code === "root-not-found" || cause.code === "root-not-readable";
  const problem = isAboutRoot ? cause.message : `Cannot serve ${JSON.stringify(root)}: ${systemReason(cause)}`;
  const meant = isAboutRoot ? closestName(root, Object.keys(COMMANDS)) : undefined;
  const guess = meant === undefined ? "" : `perhaps tinyhttp ${meant} was meant, else `;
  return new CannotRun(`${problem}; ${guess}name a directory that exists and may be read`, { cause });
}
