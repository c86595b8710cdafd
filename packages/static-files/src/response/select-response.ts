/** What to answer to a GET or HEAD for a representation that is there: conditions first, then ranges. Pure. */
import type { HttpRequest } from "@tinyhttp/handler";
import {
  evaluatePreconditions,
  isConditional,
  isRangeApplicable,
  type Validators,
} from "../conditions/preconditions.ts";
import { selectByteRanges, type ByteRange } from "../ranges/byte-range.ts";

/** `full`: 200; `partial`: 206; `not-modified`: 304; `precondition-failed`: 412; `unsatisfiable`: 416. */
export type Selection =
  | { readonly kind: "full" | "not-modified" | "precondition-failed" | "unsatisfiable" }
  | { readonly kind: "partial"; readonly ranges: readonly [ByteRange, ...ByteRange[]] };

const FULL: Selection = { kind: "full" };
const NOT_MODIFIED: Selection = { kind: "not-modified" };
const PRECONDITION_FAILED: Selection = { kind: "precondition-failed" };

/**
 * @param current Validators and length in bytes of the selected representation.
 * @param now Milliseconds since 1970; asked for only when a date has to be read.
 */
export function selectResponse(
  request: HttpRequest,
  current: Validators & { readonly length: number },
  now: () => number,
): Selection {
  const { headers } = request;
  if (isConditional(headers)) {
    const outcome = evaluatePreconditions(headers, current, now);
    if (outcome === "not-modified") return NOT_MODIFIED;
    if (outcome === "failed") return PRECONDITION_FAILED;
  }
  // RFC 9110 §14.2: Range means something for GET alone.
  if (request.method !== "GET") return FULL;
  const range = headers.get("range");
  if (range === undefined || !isRangeApplicable(headers, current, now)) return FULL;
  return selectByteRanges(range, current.length);
}
