/** A file held in memory: its representations, and what must still be so for it to be what its path leads to. */
import type { CodingOffer, ContentCoding } from "../coding/content-coding.ts";
import { areUntouched, findSidecars, type Sidecars } from "../coding/sidecars.ts";
import { identityAt, isUntouched, type FileIdentity } from "../lookup/file-identity.ts";
import type { Representation } from "../response/representation.ts";
import type { ContentFacts } from "../response/response-fields.ts";

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

  /** Whether its path would still lead to the same bytes. */
  isCurrent(): boolean {
    const { fsPath, identity, absentPaths, sidecars } = this.whereabouts;
    return (
      isUntouched(identityAt(fsPath), identity) &&
      absentPaths.every((path) => identityAt(path) === undefined) &&
      (sidecars === undefined || areUntouched(findSidecars(fsPath, identity), sidecars))
    );
  }
}
