/**
 * The generic cell rate algorithm, on debts instead of counters. Each request adds what it costs to its key's debt,
 * and time pays debts off at the limit's rate. A request is allowed when the debt afterwards is at most the burst.
 * From that follows all that is promised: in any window of `perMs`, at most `burst + requests` are allowed, and in the
 * long run `requests`. One number for each key is all that is kept: when its debt will be paid.
 *
 * Time is counted in ticks, of which a request of cost 1 takes a whole number, so that nothing is lost to rounding.
 */
import type { RateLimit, Verdict } from "./rate-limit.ts";

// A retry is at most a 16th of a request late. Large bursts get coarser ticks, since a debt has to stay small beside
// the 2^32 ticks after which a word repeats (debt-table.ts).
const FINEST_TICKS = 16;
const MOST_TICKS_PER_BURST = 2 ** 20;

/** A limit in ticks. */
export interface Gcra {
  readonly limit: Required<RateLimit>;
  readonly ticksPerRequest: number;
  readonly ticksPerMs: number;
  /** The largest debt; what the burst costs. */
  readonly mostDebt: number;
}

export function gcra(limit: Required<RateLimit>): Gcra {
  const { requests, perMs, burst } = limit;
  const ticksPerRequest = Math.max(1, Math.min(FINEST_TICKS, Math.floor(MOST_TICKS_PER_BURST / burst)));
  return {
    limit,
    ticksPerRequest,
    ticksPerMs: (requests * ticksPerRequest) / perMs,
    mostDebt: Math.floor(burst * ticksPerRequest),
  };
}

/**
 * The answer to a request of `cost` ticks on a debt of `debt` ticks.
 *
 * @param taken Whether the cost is counted when it is allowed: not so by a peek.
 */
export function verdict(rate: Gcra, debt: number, cost: number, taken: boolean): Verdict {
  const { limit, mostDebt, ticksPerMs, ticksPerRequest } = rate;
  const allowed = debt + cost <= mostDebt;
  const owed = allowed && taken ? debt + cost : debt;
  return {
    allowed,
    policy: limit.name,
    limit: limit.requests,
    windowMs: limit.perMs,
    remaining: Math.floor((mostDebt - owed) / ticksPerRequest),
    resetMs: Math.ceil(owed / ticksPerMs),
    retryAfterMs: allowed ? 0 : cost > mostDebt ? Infinity : Math.ceil((debt + cost - mostDebt) / ticksPerMs),
  };
}
