import type { Verdict } from "./rate-limit.ts";

/** Field lines that tell a client where it stands. */
export interface RateLimitFields {
  /** The limits: `"key";q=100;w=60` for 100 in 60 seconds. */
  readonly "RateLimit-Policy": string;
  /** What is left of each: `"key";r=50;t=30` for 50, and the whole burst in 30 seconds. */
  readonly RateLimit: string;
  /** Whole seconds, when a verdict refuses and waiting helps (RFC 9110 §10.2.3). */
  readonly "Retry-After"?: string;
}

/**
 * The fields of draft-ietf-httpapi-ratelimit-headers-11 for one verdict or more, which should have different names,
 * and `Retry-After` when one of them refuses: the answer then is 429 (RFC 6585 §4).
 */
export function rateLimitFields(...verdicts: readonly Verdict[]): RateLimitFields {
  const fields = {
    "RateLimit-Policy": verdicts
      .map(({ policy, limit, windowMs }) => `"${policy}";q=${Math.floor(limit)};w=${seconds(windowMs)}`)
      .join(", "),
    RateLimit: verdicts
      .map(({ policy, remaining, resetMs }) => `"${policy}";r=${remaining};t=${seconds(resetMs)}`)
      .join(", "),
  };
  const waits = verdicts.filter(({ allowed }) => !allowed).map(({ retryAfterMs }) => retryAfterMs);
  const longest = Math.max(0, ...waits);
  return longest === 0 || longest === Infinity ? fields : { ...fields, "Retry-After": String(seconds(longest)) };
}

// Rounded up: who waits so long need not come a third time.
function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
