/** A file held in memory: its representations, and what must still be so for it to be what its path leads to. */
import { dirname } from "node:path";
import type { CodingOffer, ContentCoding } from "../coding/content-coding.ts";
import { areUntouched, findSidecars, hasNoSidecarNames, type Sidecars } from "../coding/sidecars.ts";
import { identityAt, isUntouched, type FileIdentity } from "../lookup/file-identity.ts";
import type { Representation } from "../response/representation.ts";
import type { ContentFacts } from "../response/response-fields.ts";
import type { DirectoryLooks } from "./directory-looks.ts";

/** Where a file was found, as needed to notice that it would be found elsewhere now. */
export interface Whereabouts {
  readonly fsPath: string;
  readonly identity: FileIdentity;
  /** Paths that come before it and were not there, such as an index of a preferred name. */
  readonly absentPaths: readonly string[];
  /** `undefined` when they are not looked for. */
  readonly sidecars: Sidecars | undefined;
}

/** A coded representation, or its making; `useless` when it turns out no smaller, or its file cannot be had. */
export type CodedSlot = Representation | Promise<Representation | "useless">;

/** What a {@link CachedFile} is made from; the fields mean what they mean there. */
export type CachedFileInit = Pick<
  CachedFile,
  "key" | "bytes" | "facts" | "uncoded" | "offers" | "whereabouts" | "isUnsettled" | "checkedAtMs"
>;

/** What a representation in memory costs besides its bytes: paths, fields, prepared responses. */
export const OVERHEAD_BYTES = 2048;

export class CachedFile {
  /** The request path that it answers. */
  readonly key: string;
  readonly uncoded: Representation;
  readonly bytes: Uint8Array;
  readonly facts: ContentFacts;
  /** Empty when the file is not sent coded. One that turns out useless is taken out. */
  offers: readonly CodingOffer[];
  readonly whereabouts: Whereabouts;
  readonly coded: Map<ContentCoding, CodedSlot> = new Map();
  /** Whether the file was written so recently that its times cannot show another change: it is read again instead. */
  readonly isUnsettled: boolean;
  /** Monotonic milliseconds. */
  checkedAtMs: number;
  /** Whether it was asked for since the cache last looked for something to drop. */
  isHot = false;
  /** Its directory when it was seen that no sidecar's name was in it. */
  #bareDirectory: FileIdentity | undefined;
  /** Set by the cache that holds it. */
  sizeBytes: number;

  constructor(init: CachedFileInit) {
    this.key = init.key;
    this.bytes = init.bytes;
    this.facts = init.facts;
    this.uncoded = init.uncoded;
    this.offers = init.offers;
    this.whereabouts = init.whereabouts;
    this.isUnsettled = init.isUnsettled;
    this.checkedAtMs = init.checkedAtMs;
    this.sizeBytes = init.bytes.length + OVERHEAD_BYTES;
  }

  /**
   * Whether its path would still lead to the same bytes.
   *
   * @param nowMs Monotonic milliseconds.
   * @returns As of when it would, on the same clock; `undefined` when it would not.
   */
  recheck(nowMs: number, directories: DirectoryLooks): number | undefined {
    const { fsPath, identity, absentPaths, sidecars } = this.whereabouts;
    if (!isUntouched(identityAt(fsPath), identity)) return undefined;
    if (!absentPaths.every((path) => identityAt(path) === undefined)) return undefined;
    return sidecars === undefined ? nowMs : this.#recheckSidecars(sidecars, nowMs, directories);
  }

  /** Most files have no sidecars, and one look at their directory tells as much as three at each of them. */
  #recheckSidecars(sidecars: Sidecars, nowMs: number, directories: DirectoryLooks): number | undefined {
    const { fsPath, identity } = this.whereabouts;
    const directory = directories.look(dirname(fsPath), nowMs);
    if (this.#bareDirectory !== undefined && isUntouched(directory.identity, this.#bareDirectory)) {
      return directory.atMs;
    }
    if (!areUntouched(findSidecars(fsPath, identity), sidecars)) return undefined;
    this.#bareDirectory = directory.isSettled && hasNoSidecarNames(fsPath) ? directory.identity : undefined;
    return nowMs;
  }
}
