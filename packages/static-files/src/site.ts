/** A site: its root, its choices, and what it holds in memory. Finds what a path stands for. */
import { isCompressible } from "@tinyhttp/content-type";
import { CachedFile } from "./cache/cached-file.ts";
import { FileCache } from "./cache/file-cache.ts";
import { parseAcceptEncoding, type AcceptedCodings } from "./coding/accept-encoding.ts";
import { Compressor } from "./coding/compressor.ts";
import { CONTENT_CODINGS, type CodingOffer } from "./coding/content-coding.ts";
import { findSidecars, type Sidecars } from "./coding/sidecars.ts";
import { isRecentlyChanged } from "./lookup/file-identity.ts";
import { locate, type Located, type LocatedFile } from "./lookup/locate.ts";
import { NAVIGATION_VARY } from "./lookup/navigation.ts";
import { readAll } from "./lookup/read-all.ts";
import { SiteRoot } from "./lookup/site-root.ts";
import type { ResolvedOptions } from "./options.ts";
import { contentTypeFor } from "./response/content-type-for.ts";
import { preparePlainResponses, type PlainResponses } from "./response/plain-responses.ts";
import { entityTagOfBytes, lastModifiedOf, Representation } from "./response/representation.ts";
import { FieldPolicy } from "./response/response-fields.ts";
import { isFileChanged } from "./static-files-error.ts";

/** A file in memory, or what {@link locate} found: an open file too large to be held, a directory, nothing. */
export type Found = { readonly kind: "held"; readonly held: CachedFile } | Located;

// Smaller than this, the field that names the coding eats what the coding saves.
const MIN_COMPRESSED_BYTES = 256;
// Accept-Encoding values; a client that sends new ones all the time must not fill memory.
const MAX_REMEMBERED = 64;
// How often a file that changes while it is read is read again before the request is told to come back.
const MAX_ATTEMPTS = 3;

export class Site {
  readonly options: ResolvedOptions;
  readonly root: SiteRoot;
  readonly policy: FieldPolicy;
  readonly plain: PlainResponses;
  readonly cache: FileCache | undefined;
  readonly compressor: Compressor = new Compressor();
  readonly #finding: Map<string, Promise<Found>> = new Map();
  readonly #accepted: Map<string | undefined, AcceptedCodings> = new Map();
  /** The latest of them: to compare with its text costs less than to look that up. */
  #latestText: string | undefined;
  #latestAccepted: AcceptedCodings = parseAcceptEncoding(undefined);

  /** @throws {StaticFilesError} `root-not-found`, `root-not-readable`. */
  constructor(root: string, options: ResolvedOptions) {
    this.root = new SiteRoot(root);
    // A file that is served alone is the page of its application, whatever it is called.
    const spaPage = options.spaPage && (this.root.filePath ?? options.spaPage);
    this.options = { ...options, spaPage };
    this.policy = new FieldPolicy(this.options);
    this.plain = preparePlainResponses(this.policy, spaPage === undefined ? [] : NAVIGATION_VARY);
    this.cache = options.cache === undefined ? undefined : new FileCache(options.cache);
  }

  /** What an `Accept-Encoding` value says. Clients send few different ones, so each is read once. */
  acceptedCodings(fieldValue: string | undefined): AcceptedCodings {
    if (fieldValue === this.#latestText) return this.#latestAccepted;
    let accepted = this.#accepted.get(fieldValue);
    if (accepted === undefined) {
      accepted = parseAcceptEncoding(fieldValue);
      if (this.#accepted.size === MAX_REMEMBERED) this.#accepted.clear();
      this.#accepted.set(fieldValue, accepted);
    }
    this.#latestText = fieldValue;
    this.#latestAccepted = accepted;
    return accepted;
  }

  /**
   * Finds what a path stands for. Requests for the same path that come meanwhile share the search, and what they cannot
   * share, an open file, they look for again.
   *
   * @param path Normalised and below the base path.
   */
  async find(path: string): Promise<Found> {
    const underWay = this.#finding.get(path);
    if (underWay !== undefined) {
      const found = await underWay;
      return found.kind === "file" || found.kind === "directory" ? this.#search(path) : found;
    }
    const search = this.#search(path);
    this.#finding.set(path, search);
    try {
      return await search;
    } finally {
      this.#finding.delete(path);
    }
  }

  async #search(path: string): Promise<Found> {
    const key = this.options.basePath + path;
    const held = this.cache?.get(key, performance.now());
    if (held !== undefined) return { kind: "held", held };
    for (let attempt = 1; ; attempt += 1) {
      // Both clocks are read before the file is: a change while it is read must count as one after it.
      const checkedAtMs = performance.now();
      const located = await locate(this.root, path, this.options);
      if (located.kind !== "file" || !this.#isHoldable(located)) return located;
      try {
        return { kind: "held", held: await this.#hold(key, located, checkedAtMs) };
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isFileChanged(error)) throw error;
      }
    }
  }

  #isHoldable({ file }: LocatedFile): boolean {
    return this.options.cache !== undefined && file.length <= this.options.cache.maxFileBytes;
  }

  async #hold(key: string, located: LocatedFile, checkedAtMs: number): Promise<CachedFile> {
    const { path, fsPath, absentPaths, file } = located;
    const nowMs = Date.now();
    const bytes = await readAll(file);
    const { identity } = file;
    const contentType = contentTypeFor(path, bytes);
    const sidecars = this.options.precompressed ? findSidecars(fsPath, identity) : undefined;
    const offers = this.#offers(bytes, contentType, sidecars);
    const facts = {
      path,
      contentType,
      contentCoding: undefined,
      isNegotiated: offers.length > 0,
      entityTag: entityTagOfBytes(bytes, undefined),
      lastModifiedMs: lastModifiedOf(identity, nowMs),
    };
    const held = new CachedFile({
      key,
      bytes,
      facts,
      uncoded: new Representation(bytes, facts, this.policy),
      offers,
      whereabouts: { fsPath, identity, absentPaths, sidecars },
      isUnsettled: [identity, ...(sidecars?.values() ?? [])].some((one) => isRecentlyChanged(one, nowMs)),
      checkedAtMs,
    });
    this.cache?.set(held);
    return held;
  }

  #offers(bytes: Uint8Array, contentType: string, sidecars: Sidecars | undefined): CodingOffer[] {
    const isWorthIt = bytes.length >= MIN_COMPRESSED_BYTES && isCompressible(contentType);
    const isMade = this.options.compress && isWorthIt;
    return CONTENT_CODINGS.flatMap((coding) => {
      const ready = sidecars?.has(coding) === true;
      return ready || isMade ? [{ coding, ready }] : [];
    });
  }
}
