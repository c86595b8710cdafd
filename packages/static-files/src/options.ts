/** What can be chosen about a static site, and what is chosen where nothing is said. */

/** Options of `staticFiles`. All are optional. */
export interface StaticFilesOptions {
  /** File names tried for a path that ends in `/`, in order; `false` for none. Default `["index.html"]`. */
  readonly index?: readonly string[] | false | undefined;
  /**
   * Whether a directory without an index is answered with a list of its entries. Default `false`: a name that nobody
   * gave away stays unknown. While it is on, what the page loads is found under `.tinyhttp/` in every directory.
   */
  readonly listing?: boolean | undefined;
  /**
   * Whether a directory that is listed can also be had as a ZIP archive, as `?zip`, made while it is sent. Default
   * `false`: one request reads a whole tree. At most 4 are under way at once; further ones are 503.
   */
  readonly archive?: boolean | undefined;
  /**
   * Answers navigations to paths that do not exist with one page, for applications that route in the browser; `true`
   * is `"/index.html"`. A navigation is a request with `Sec-Fetch-Mode: navigate`; from a client that does not send
   * this, one that asks for `text/html`, or accepts anything for a last segment without a dot. A root that is one file
   * is that page itself. Default `false`.
   */
  readonly spa?: boolean | string | undefined;
  /** Whether `/a` is answered with `a.html` when there is no file `a`. Default `false`. */
  readonly cleanUrls?: boolean | undefined;
  /** Names with a leading dot, but `/.well-known`: `"absent"` (404, the default) or `"served"` like all others. */
  readonly dotfiles?: "absent" | "served" | undefined;
  /**
   * Whether a symlink may lead out of the root. Default `false`. Links that stay inside are always followed.
   */
  readonly followSymlinks?: boolean | undefined;
  /** URL path under which the root appears, such as `/docs`; everything else is 404. Default `"/"`. */
  readonly basePath?: string | undefined;
  /**
   * The page that accompanies a 404, as a path below the root; `false` for plain text. Default `"/404.html"`, where
   * it exists.
   */
  readonly notFoundPage?: string | false | undefined;
  /**
   * `Cache-Control` of a file, or a function from its path to that; `undefined` leaves the field out. Default
   * `"no-cache"`: a cache asks each time and is nearly always told 304. Anything longer shows some visitors a mix of
   * old and new files, unless names change with content.
   */
  readonly cacheControl?: string | ((path: string) => string | undefined) | undefined;
  /** Fields added to every response. Those that describe the content (`Content-Type`, `ETag` …) are refused. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Origins whose scripts may read the responses: `true` for all, without credentials. Default `false`. */
  readonly cors?: boolean | readonly string[] | undefined;
  /** Whether text is compressed (once, then kept in the cache). Needs the cache. Default `true`. */
  readonly compress?: boolean | undefined;
  /**
   * Whether `.br`, `.zst` and `.gz` files beside a file are sent as its codings. One that is more than 2 s older than
   * its file is not. Default `true`.
   */
  readonly precompressed?: boolean | undefined;
  /**
   * For content that others put here: `true` shows HTML, SVG and XML without scripts, forms or access to the site
   * (`Content-Security-Policy: sandbox`); `"download"` also makes browsers save them (`Content-Disposition:
   * attachment`). Default `false`.
   */
  readonly untrusted?: boolean | "download" | undefined;
  /** The cache of hot files in memory; `false` for none. */
  readonly cache?: CacheOptions | false | undefined;
}

/** Options of the cache of hot files. */
export interface CacheOptions {
  /** Most bytes held, compressed forms included. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
  /**
   * Largest file held, in bytes; larger ones are read for each request. Default 1 MiB, at most `maxBytes`. Such a file
   * is hashed when it is loaded, which takes the event loop 0.5 ms for 1 MiB.
   */
  readonly maxFileBytes?: number | undefined;
  /** A change to a file is seen by all requests after this many milliseconds. Default 1000; 0 looks at each request. */
  readonly revalidateMs?: number | undefined;
}

/** The same with every choice made. */
export interface ResolvedOptions {
  readonly index: readonly string[];
  readonly listing: boolean;
  readonly archive: boolean;
  readonly spaPage: string | undefined;
  readonly cleanUrls: boolean;
  readonly showsDotfiles: boolean;
  readonly followSymlinks: boolean;
  /** Without a final `/`; empty at the top. */
  readonly basePath: string;
  readonly notFoundPage: string | undefined;
  readonly cacheControl: (path: string) => string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly cors: "none" | "all" | ReadonlySet<string>;
  readonly compress: boolean;
  readonly precompressed: boolean;
  readonly untrusted: "trusted" | "sandbox" | "download";
  readonly cache: Readonly<Required<{ [Name in keyof CacheOptions]: number }>> | undefined;
}

// What these say follows from the file, the request and the connection.
const COMPUTED_FIELDS: ReadonlySet<string> = new Set([
  "accept-ranges",
  "connection",
  "content-encoding",
  "content-length",
  "content-range",
  "content-type",
  "date",
  "etag",
  "last-modified",
  "transfer-encoding",
]);

const DEFAULT_CACHE = { maxBytes: 64 * 1024 * 1024, maxFileBytes: 1024 * 1024, revalidateMs: 1000 };

/**
 * @throws {TypeError} A path or field name that cannot be used.
 * @throws {RangeError} A number that is not 0 or more.
 */
export function resolveOptions(options: StaticFilesOptions): ResolvedOptions {
  return {
    index: options.index === false ? [] : (options.index ?? ["index.html"]).map(checkIndexName),
    listing: options.listing ?? false,
    archive: options.archive ?? false,
    spaPage: pageOf("spa", options.spa === true ? "/index.html" : options.spa),
    cleanUrls: options.cleanUrls ?? false,
    showsDotfiles: options.dotfiles === "served",
    followSymlinks: options.followSymlinks ?? false,
    basePath: pageOf("base path", options.basePath)?.replace(/\/+$/, "") ?? "",
    notFoundPage: pageOf("notFoundPage", options.notFoundPage ?? "/404.html"),
    cacheControl: cacheControlOf(options.cacheControl ?? "no-cache"),
    headers: fieldsOf(options.headers ?? {}),
    cors: corsOf(options.cors ?? false),
    compress: (options.compress ?? true) && options.cache !== false,
    precompressed: options.precompressed ?? true,
    untrusted: options.untrusted === "download" ? "download" : options.untrusted === true ? "sandbox" : "trusted",
    cache: options.cache === false ? undefined : cacheOf(options.cache ?? {}),
  };
}

function checkIndexName(name: string): string {
  if (name !== "" && !/[/\\\0]/.test(name)) return name;
  throw new TypeError(`Cannot use ${JSON.stringify(name)} as an index: expected a file name without a slash`);
}

function pageOf(option: string, path: string | false | undefined): string | undefined {
  if (path === undefined || path === false) return undefined;
  if (/^\/(?!\/)/.test(path) && !/[\\\0]|\/\.\.?(?:\/|$)|.\/\//.test(path)) return path;
  throw new TypeError(`Cannot use ${JSON.stringify(path)} as ${option}: expected a path such as "/a/b"`);
}

function cacheControlOf(value: string | ((path: string) => string | undefined)): (path: string) => string | undefined {
  return typeof value === "string" ? () => (value === "" ? undefined : value) : value;
}

function fieldsOf(headers: Readonly<Record<string, string | readonly string[]>>): (readonly [string, string])[] {
  const fields: (readonly [string, string])[] = [];
  for (const [name, values] of Object.entries(headers)) {
    if (COMPUTED_FIELDS.has(name.toLowerCase())) {
      throw new TypeError(
        `Cannot set the field ${JSON.stringify(name)} for every response: it is computed for each; leave it out`,
      );
    }
    for (const value of typeof values === "string" ? [values] : values) fields.push([name, value]);
  }
  return fields;
}

function corsOf(cors: boolean | readonly string[]): "none" | "all" | ReadonlySet<string> {
  if (typeof cors === "boolean") return cors ? "all" : "none";
  return cors.includes("*") ? "all" : new Set(cors);
}

function cacheOf(options: CacheOptions): { maxBytes: number; maxFileBytes: number; revalidateMs: number } {
  const maxBytes = amount("cache.maxBytes", options.maxBytes ?? DEFAULT_CACHE.maxBytes);
  const maxFileBytes = amount("cache.maxFileBytes", options.maxFileBytes ?? DEFAULT_CACHE.maxFileBytes);
  const revalidateMs = amount("cache.revalidateMs", options.revalidateMs ?? DEFAULT_CACHE.revalidateMs);
  return { maxBytes, maxFileBytes: Math.min(maxFileBytes, maxBytes), revalidateMs };
}

function amount(option: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`Cannot use ${value} as ${option}: expected 0 or more`);
}
