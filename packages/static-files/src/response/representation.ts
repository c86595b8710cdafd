/** One representation of a file, ready to be sent in whichever way a request asks for. */
import type { HttpResponse } from "@tinyhttp/handler";
import { encodeFields, type EncodedFields } from "@tinyhttp/http-parser";
import type { ContentCoding } from "../coding/content-coding.ts";
import type { EntityTag } from "../conditions/entity-tag.ts";
import type { Validators } from "../conditions/preconditions.ts";
import { isRecentlyChanged, type FileIdentity } from "../lookup/file-identity.ts";
import type { ByteRange } from "../ranges/byte-range.ts";
import { formatContentRange, MultipartByteRanges } from "../ranges/multipart-byteranges.ts";
import { rangeOf, release, wholeOf, type Content } from "./content.ts";
import { notModifiedFields, type ContentFacts, type Field, type FieldPolicy } from "./response-fields.ts";
import type { Selection } from "./select-response.ts";

// 22 characters of base64url are 132 bits: no two versions of a file will ever share them by accident.
const TAG_CHARACTERS = 22;

export class Representation implements Validators {
  readonly entityTag: EntityTag;
  readonly lastModifiedMs: number;
  readonly #facts: ContentFacts;
  readonly #content: Content;
  readonly #policy: FieldPolicy;
  readonly #fields: readonly Field[];
  readonly #headers: EncodedFields;
  // Made on first use and used for every later request: nothing in them depends on the request.
  #full: HttpResponse | undefined;
  #notModified: HttpResponse | undefined;
  #notFoundPage: HttpResponse | undefined;
  // Players begin with the same range each time.
  #latestRange: { readonly range: ByteRange; readonly response: HttpResponse } | undefined;

  constructor(content: Content, facts: ContentFacts, policy: FieldPolicy) {
    this.entityTag = facts.entityTag;
    this.lastModifiedMs = facts.lastModifiedMs;
    this.#facts = facts;
    this.#content = content;
    this.#policy = policy;
    this.#fields = policy.forContent(facts);
    // Here rather than on first use: a field that cannot be encoded is found while whoever opened the content closes
    // it.
    this.#headers = encodeFields(this.#fields);
  }

  /** Bytes. */
  get length(): number {
    return this.#content.length;
  }

  /** The response for a selection. It takes over the content: when it does not send it, it gives it back. */
  answer(selection: Selection): HttpResponse {
    if (selection.kind === "full") {
      return (this.#full ??= Object.freeze({ status: 200, headers: this.#headers, body: wholeOf(this.#content) }));
    }
    if (selection.kind === "partial") return this.#partial(selection.ranges);
    release(this.#content);
    if (selection.kind === "not-modified") {
      return (this.#notModified ??= this.#response(304, notModifiedFields(this.#fields), null));
    }
    if (selection.kind === "precondition-failed") return this.#error(412, []);
    return this.#error(416, [["Content-Range", `bytes */${this.length}`]]);
  }

  /** The page that accompanies a 404. */
  asNotFound(): HttpResponse {
    return (this.#notFoundPage ??= this.#response(404, this.#policy.forErrorPage(this.#facts), wholeOf(this.#content)));
  }

  #error(status: number, own: readonly Field[]): HttpResponse {
    return this.#response(status, this.#policy.forErrorAbout(this.#facts, own), null);
  }

  #partial(ranges: Extract<Selection, { kind: "partial" }>["ranges"]): HttpResponse {
    const [range] = ranges;
    if (ranges.length > 1) return this.#multipart(ranges);
    if (this.#latestRange !== undefined && isSameRange(this.#latestRange.range, range)) {
      return this.#latestRange.response;
    }
    const fields: Field[] = [...this.#fields, ["Content-Range", formatContentRange(range, this.length)]];
    const response = this.#response(206, fields, rangeOf(this.#content, range));
    if (this.#content instanceof Uint8Array) this.#latestRange = { range, response };
    return response;
  }

  #multipart(ranges: readonly ByteRange[]): HttpResponse {
    // Random, so that nobody can put it into a file beforehand.
    const boundary = process.getBuiltinModule("node:crypto").randomUUID();
    const fields = this.#fields.filter(([name]) => name !== "Content-Type");
    const contentType: Field = ["Content-Type", `multipart/byteranges; boundary=${boundary}`];
    const body = new MultipartByteRanges(this.#content, ranges, this.#facts.contentType, boundary);
    return this.#response(206, [contentType, ...fields], body);
  }

  #response(status: number, fields: readonly Field[], body: HttpResponse["body"]): HttpResponse {
    return Object.freeze({ status, headers: encodeFields(fields), body });
  }
}

function isSameRange(a: ByteRange, b: ByteRange): boolean {
  return a.first === b.first && a.last === b.last;
}

// node:crypto takes 8 ms to import and 4 to load in this way: half as long, and not while the server starts.
function digestOf(content: string | Uint8Array): string {
  return process.getBuiltinModule("node:crypto").hash("sha256", content, "base64url").slice(0, TAG_CHARACTERS);
}

/** A strong tag from the bytes themselves: it survives copying, and changes exactly when they do. */
export function entityTagOfBytes(bytes: Uint8Array, coding: ContentCoding | undefined): EntityTag {
  const digest = digestOf(bytes);
  return { weak: false, opaque: digest + suffixOf(coding) };
}

/**
 * A tag from what the file system says, for files too large to be read for it. The status change time catches writers
 * that set the old modification time again. All is hashed, so that the inode number stays unknown.
 *
 * @param nowMs Milliseconds since 1970. A file changed so recently that another change may leave the same times is
 *   weakly tagged (RFC 9110 §8.8.1), and differently from later: whoever has that version asks and gets the settled
 *   one.
 */
export function entityTagOfFile(file: FileIdentity, coding: ContentCoding | undefined, nowMs: number): EntityTag {
  const text = `${file.inode} ${file.size} ${file.modifiedNs} ${file.changedNs}`;
  const digest = digestOf(text);
  const weak = isRecentlyChanged(file, nowMs);
  return { weak, opaque: (weak ? `${digest}~` : digest) + suffixOf(coding) };
}

/**
 * Whole seconds; never later than now, as a later `Last-Modified` than `Date` is forbidden (RFC 9110 §8.8.2.1).
 */
export function lastModifiedOf(file: FileIdentity, nowMs: number): number {
  const timeMs = Math.min(Number(file.modifiedNs / 1_000_000n), nowMs);
  return Math.floor(timeMs / 1000) * 1000;
}

function suffixOf(coding: ContentCoding | undefined): string {
  return coding === undefined ? "" : `-${coding}`;
}
