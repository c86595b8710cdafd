/** A directory as an HTTP handler: safe lookup, conditions, ranges, content codings, listings, a cache of hot files. */
export { staticFiles } from "./static-files.ts";
export type { CacheOptions, StaticFilesOptions } from "./options.ts";
export { StaticFilesError, type StaticFilesErrorCode } from "./static-files-error.ts";
