/** The fields of responses: what the options fix for all of them, and what describes one representation. Pure. */
import type { HeaderInit } from "@tinyhttp/handler";
import type { ContentCoding } from "../coding/content-coding.ts";
import { formatEntityTag } from "../conditions/entity-tag.ts";
import { formatHttpDate } from "../conditions/http-date.ts";
import type { Validators } from "../conditions/preconditions.ts";
import { NAVIGATION_VARY } from "../lookup/navigation.ts";
import type { ResolvedOptions } from "../options.ts";

export type Field = readonly [name: string, value: string];

/** What a representation's fields are made from. */
export interface ContentFacts extends Validators {
  /** Path that it is served for, below the root. */
  readonly path: string;
  readonly contentType: string;
  readonly contentCoding: ContentCoding | undefined;
  /** Whether another request could have got the same file in another coding. */
  readonly isNegotiated: boolean;
}

const NOSNIFF: Field = ["X-Content-Type-Options", "nosniff"];
// Content from others is shown with styles and pictures of this site, in an origin of its own, without script or form.
const SANDBOX =
  "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'";
// What a browser would run script from when it is opened as a document: HTML, SVG and everything else in XML.
const ACTIVE_TYPE =
  /^(?:text\/html|[^;]*\/(?:[^;]*\+)?xml|text\/xsl|multipart\/x-mixed-replace|message\/rfc822)\s*(?:;|$)/i;
// Browsers refuse to start their PDF viewer in a sandbox, and it runs nothing of the site's.
const PDF_TYPE = /^application\/pdf\s*(?:;|$)/i;

// RFC 9110 §15.4.5: what a cache needs from a 304; the rest of its stored response stays as it is.
const OMITTED_FROM_304: ReadonlySet<string> = new Set([
  "accept-ranges",
  "content-disposition",
  "content-encoding",
  "content-type",
  "last-modified",
]);

/** The fields that the options ask for. */
export class FieldPolicy {
  readonly #options: ResolvedOptions;
  readonly #custom: readonly Field[];
  readonly #customNames: ReadonlySet<string>;
  readonly #vary: readonly string[];

  constructor(options: ResolvedOptions) {
    this.#options = options;
    this.#custom = options.headers.filter(([name]) => name.toLowerCase() !== "vary");
    // A policy of the operator's own is sent beside the sandbox: browsers enforce both.
    const names = this.#custom.map(([name]) => name.toLowerCase());
    this.#customNames = new Set(names.filter((name) => name !== "content-security-policy"));
    const vary = options.headers.filter(([name]) => name.toLowerCase() === "vary").map(([, value]) => value);
    this.#vary = typeof options.cors === "object" ? ["Origin", ...vary] : vary;
  }

  /** Fields of a 200 with this content, but its length. */
  forContent(facts: ContentFacts): Field[] {
    const fields = this.#describe(facts);
    fields.push(["ETag", formatEntityTag(facts.entityTag)]);
    fields.push(["Last-Modified", formatHttpDate(facts.lastModifiedMs)]);
    fields.push(["Accept-Ranges", "bytes"]);
    const cacheControl = this.#options.cacheControl(facts.path);
    if (cacheControl !== undefined) fields.push(["Cache-Control", cacheControl]);
    return this.#complete(fields, this.#varyOf(facts));
  }

  /** Fields of an error that this content accompanies. What caches do with files is not for errors. */
  forErrorPage(facts: ContentFacts): Field[] {
    // A navigation to the same path gets the page of an application, not this one.
    const navigationVary = this.#options.spaPage === undefined ? [] : NAVIGATION_VARY;
    const vary = [...new Set([...navigationVary, ...this.#varyOf(facts)])];
    return this.#complete([...this.#describe(facts), ["Cache-Control", "no-cache"]], vary);
  }

  /** Fields of an error about this content: the client learns which version there is. */
  forErrorAbout(facts: ContentFacts, own: readonly Field[]): Field[] {
    return this.#complete([...own, ["ETag", formatEntityTag(facts.entityTag)]], this.#varyOf(facts));
  }

  /** Fields of any other response, with what it adds itself. */
  forOther(own: readonly Field[] = [], vary: readonly string[] = []): Field[] {
    return this.#complete([...own], vary);
  }

  #describe({ contentType, contentCoding }: ContentFacts): Field[] {
    const fields: Field[] = [["Content-Type", contentType]];
    if (contentCoding !== undefined) fields.push(["Content-Encoding", contentCoding]);
    return [...fields, ...this.#untrusted(contentType)];
  }

  #varyOf(facts: ContentFacts): string[] {
    const vary = facts.path === this.#options.spaPage ? [...NAVIGATION_VARY] : [];
    return facts.isNegotiated ? [...vary, "Accept-Encoding"] : vary;
  }

  #untrusted(contentType: string): Field[] {
    const mode = this.#options.untrusted;
    if (mode === "trusted" || PDF_TYPE.test(contentType)) return [];
    const isSaved = mode === "download" && ACTIVE_TYPE.test(contentType);
    const sandbox: Field = ["Content-Security-Policy", SANDBOX];
    return isSaved ? [sandbox, ["Content-Disposition", "attachment"]] : [sandbox];
  }

  #complete(fields: Field[], vary: readonly string[]): Field[] {
    if (!fields.some(([name]) => name === NOSNIFF[0])) fields.push(NOSNIFF);
    if (this.#options.cors === "all") {
      fields.push(["Access-Control-Allow-Origin", "*"], ["Access-Control-Expose-Headers", "*"]);
    }
    const kept = fields.filter(([name]) => !this.#customNames.has(name.toLowerCase()));
    const varied = [...vary, ...this.#vary];
    if (varied.length > 0) kept.push(["Vary", varied.join(", ")]);
    return [...kept, ...this.#custom];
  }
}

/** Of the fields of a 200, those of the 304 in its place. */
export function notModifiedFields(fields: readonly Field[]): Field[] {
  return fields.filter(([name]) => !OMITTED_FROM_304.has(name.toLowerCase()));
}

/** The fields of a response in any of the forms that a handler may give them in. */
export function fieldsIn(headers: HeaderInit | undefined): Field[] {
  if (headers === undefined) return [];
  if (Symbol.iterator in headers) return [...(headers as Iterable<Field>)];
  return Object.entries(headers).flatMap(([name, values]) =>
    (typeof values === "string" ? [values] : values).map((value): Field => [name, value]),
  );
}
