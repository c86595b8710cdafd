/** Entity tags (RFC 9110 §8.8.3) and the lists of them in conditional fields. */

// entity-tag = [ "W/" ] DQUOTE *etagc DQUOTE
// etagc      = %x21 / %x23-7E / obs-text      so a tag may hold a comma: a list is not split at commas.
const ENTITY_TAG = /(W\/)?"([!#-~\u0080-\u00ff]*)"/y;
const LIST_GAP = /[ \t,]*/y;
const SEPARATOR = /[ \t]*(?:,|$)/y;

export interface EntityTag {
  readonly weak: boolean;
  /** What stands between the quotes. */
  readonly opaque: string;
}

export function formatEntityTag(tag: EntityTag): string {
  return `${tag.weak ? "W/" : ""}"${tag.opaque}"`;
}

/** One entity tag and nothing else; `undefined` when the text is something different. */
export function parseEntityTag(text: string): EntityTag | undefined {
  ENTITY_TAG.lastIndex = 0;
  const match = ENTITY_TAG.exec(text);
  if (match === null || ENTITY_TAG.lastIndex !== text.length) return undefined;
  return { weak: match[1] !== undefined, opaque: match[2] ?? "" };
}

/**
 * The value of `If-Match` or `If-None-Match`: `*`, or a list of tags (RFC 9110 §13.1.1, §13.1.2).
 *
 * @returns `undefined` when the value is malformed.
 */
export function parseEntityTags(fieldValue: string): "*" | EntityTag[] | undefined {
  if (fieldValue.trim() === "*") return "*";
  const tags: EntityTag[] = [];
  let position = skip(LIST_GAP, fieldValue, 0);
  while (position < fieldValue.length) {
    ENTITY_TAG.lastIndex = position;
    const match = ENTITY_TAG.exec(fieldValue);
    if (match === null) return undefined;
    tags.push({ weak: match[1] !== undefined, opaque: match[2] ?? "" });
    SEPARATOR.lastIndex = ENTITY_TAG.lastIndex;
    if (!SEPARATOR.test(fieldValue)) return undefined;
    position = skip(LIST_GAP, fieldValue, SEPARATOR.lastIndex);
  }
  return tags;
}

/** Both strong and the same (RFC 9110 §8.8.3.2). */
export function matchesStrongly(a: EntityTag, b: EntityTag): boolean {
  return !a.weak && !b.weak && a.opaque === b.opaque;
}

/** The same but for strength (RFC 9110 §8.8.3.2). */
export function matchesWeakly(a: EntityTag, b: EntityTag): boolean {
  return a.opaque === b.opaque;
}

function skip(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  pattern.test(text);
  return pattern.lastIndex;
}
