/** Conditional requests (RFC 9110 §13): what the fields say about the representation that is there now. Pure. */
import type { HeaderView } from "@tinyhttp/handler";
import { matchesStrongly, matchesWeakly, parseEntityTag, parseEntityTags } from "./entity-tag.ts";
import type { EntityTag } from "./entity-tag.ts";
import { parseHttpDate } from "./http-date.ts";

/** What tells two versions of a representation apart. */
export interface Validators {
  readonly entityTag: EntityTag;
  /** Milliseconds since 1970, whole seconds. */
  readonly lastModifiedMs: number;
}

/** `proceed`: answer as if there were no condition; `not-modified`: 304; `failed`: 412. */
export type PreconditionOutcome = "proceed" | "not-modified" | "failed";

/** Whether any field is there that {@link evaluatePreconditions} would read. */
export function isConditional(headers: HeaderView): boolean {
  return (
    headers.has("if-none-match") ||
    headers.has("if-modified-since") ||
    headers.has("if-match") ||
    headers.has("if-unmodified-since")
  );
}

/**
 * Evaluates the conditions of a GET or HEAD in the order of RFC 9110 §13.2.2 (steps 1 to 4; step 5 is
 * {@link isRangeApplicable}).
 *
 * @param now The current time, for dates with a two-digit year; asked for only when a date has to be read.
 */
export function evaluatePreconditions(
  headers: HeaderView,
  current: Validators,
  now: () => number,
): PreconditionOutcome {
  const ifMatch = headers.get("if-match");
  if (ifMatch !== undefined) {
    if (!isListed(ifMatch, current.entityTag, matchesStrongly)) return "failed";
  } else if (isLaterThan(headers.get("if-unmodified-since"), current.lastModifiedMs, now) === true) {
    return "failed";
  }
  const ifNoneMatch = headers.get("if-none-match");
  if (ifNoneMatch !== undefined) {
    // Nearly every one is the one tag that we gave, as we gave it: to take a list apart costs ten times as much.
    if (isQuoted(ifNoneMatch, current.entityTag.opaque)) return "not-modified";
    return isListed(ifNoneMatch, current.entityTag, matchesWeakly) ? "not-modified" : "proceed";
  }
  const modified = isLaterThan(headers.get("if-modified-since"), current.lastModifiedMs, now);
  return modified === false ? "not-modified" : "proceed";
}

/**
 * Whether `Range` may be honoured: there is no `If-Range`, or it names the current representation by a strong tag or by
 * its exact date (RFC 9110 §13.1.5).
 */
export function isRangeApplicable(headers: HeaderView, current: Validators, now: () => number): boolean {
  const ifRange = headers.get("if-range");
  if (ifRange === undefined) return true;
  const tag = parseEntityTag(ifRange);
  if (tag !== undefined) return matchesStrongly(tag, current.entityTag);
  return !current.entityTag.weak && parseHttpDate(ifRange, now()) === current.lastModifiedMs;
}

function isQuoted(fieldValue: string, opaque: string): boolean {
  return (
    fieldValue.length === opaque.length + 2 &&
    fieldValue.startsWith('"') &&
    fieldValue.endsWith('"') &&
    fieldValue.startsWith(opaque, 1)
  );
}

// A malformed list names no representation: If-Match then fails and If-None-Match does not hold anything back.
function isListed(fieldValue: string, current: EntityTag, matches: (a: EntityTag, b: EntityTag) => boolean): boolean {
  const tags = parseEntityTags(fieldValue);
  return tags === "*" || (tags !== undefined && tags.some((tag) => matches(tag, current)));
}

// RFC 9110 §13.1.3, §13.1.4: a field whose value is not a valid HTTP-date is ignored, hence `undefined`.
function isLaterThan(fieldValue: string | undefined, lastModifiedMs: number, now: () => number): boolean | undefined {
  if (fieldValue === undefined) return undefined;
  const date = parseHttpDate(fieldValue, now());
  return date === undefined ? undefined : lastModifiedMs > date;
}
