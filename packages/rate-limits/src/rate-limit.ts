/** How often something may happen: a rate that refills evenly, and how much of it may come at once. */
export interface RateLimit {
  /** How many per `perMs` in the long run; at least 1. */
  readonly requests: number;
  /** Milliseconds in which `requests` are refilled, evenly and not all at once; above 0. */
  readonly perMs: number;
  /** How many may come at once after a pause; 1 to 134,217,728. Default: `requests`. */
  readonly burst?: number;
  /**
   * What clients are told that the limit is called (the policy name of the `RateLimit` fields): letters, digits,
   * `-`, `_` and `.`. Default `default`.
   */
  readonly name?: string;
}

/** What a limiter says of one request. It describes the limit after the request was counted. */
export interface Verdict {
  readonly allowed: boolean;
  /** `name` of the limit. */
  readonly policy: string;
  /** `requests` of the limit. */
  readonly limit: number;
  /** `perMs` of the limit. */
  readonly windowMs: number;
  /** How many of cost 1 would be allowed at this moment; 0 to `burst`. */
  readonly remaining: number;
  /** Milliseconds until the whole burst is there again, when nothing else is taken; rounded up. */
  readonly resetMs: number;
  /**
   * Milliseconds until the same would be allowed, when nothing else is taken; rounded up. 0 when it is allowed
   * now, `Infinity` when it costs more than the burst.
   */
  readonly retryAfterMs: number;
}

/** Counts what each key takes. What is refused costs nothing. */
export interface RateLimiter {
  readonly limit: Required<RateLimit>;
  /**
   * Counts one request of `key` and says whether it is within the limit. A limiter that can answer at once does so
   * without a promise.
   *
   * @param cost How much the request takes of the limit; above 0, default 1.
   */
  take(key: string, cost?: number): Verdict | Promise<Verdict>;
  /** What `take` would say, without taking: `remaining` and `resetMs` are as they are now. */
  peek(key: string, cost?: number): Verdict | Promise<Verdict>;
}

// A debt is at most this many ticks (gcra.ts), a small part of the 2^32 that a word can tell apart.
const MOST_BURST = 2 ** 27;

/**
 * The limit with everything that was left out.
 *
 * @throws {RangeError} A number is out of its range, or the name has other characters than it may.
 */
export function completeLimit(limit: RateLimit): Required<RateLimit> {
  const { requests, perMs, burst = requests, name = "default" } = limit;
  if (!(requests >= 1 && requests < Infinity)) throw outOfRange("requests", requests, "a number of at least 1");
  if (!(perMs > 0 && perMs < Infinity)) throw outOfRange("perMs", perMs, "a number of milliseconds above 0");
  if (!(burst >= 1 && burst <= MOST_BURST)) throw outOfRange("burst", burst, `a number from 1 to ${MOST_BURST}`);
  if (!/^[\w.-]+$/.test(name)) throw outOfRange("name", name, "letters, digits, - _ and .");
  return { requests, perMs, burst, name };
}

/** @throws {RangeError} `cost` is not a number above 0. */
export function checkCost(cost: number): void {
  if (!(cost > 0)) throw outOfRange("cost", cost, "a number above 0");
}

function outOfRange(what: string, value: unknown, wanted: string): RangeError {
  return new RangeError(`Cannot limit with ${what} ${JSON.stringify(value) ?? String(value)}: expected ${wanted}`);
}
