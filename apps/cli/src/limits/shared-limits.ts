/** Limits that all threads count together: memory that the main thread makes, and limiters that each thread makes on it. */
import { concurrencyLimiter, memoryRateLimiter, type RateLimit, type RateLimiter } from "@tinyhttp/rate-limits";
import type { PolicyLimits } from "@tinyhttp/auth-modes";
import type { LimitPlan } from "./limit-plan.ts";

/** For each limit of the plan that there is. */
export type LimitMemory = { readonly [Name in keyof LimitPlan]?: SharedArrayBuffer };

/** Which of the threads that share the memory this is. */
export interface Share {
  readonly threads: number;
  readonly thread: number;
}

// All requests count under one key.
const ENTRIES_IN_TOTAL = 8;

export function createLimitMemory(plan: LimitPlan, threads: number): LimitMemory {
  const { address, key, total, failures, atOnce } = plan;
  return {
    failures: memoryRateLimiter(failures).memory,
    ...(address === undefined ? {} : { address: memoryRateLimiter(address).memory }),
    ...(key === undefined ? {} : { key: memoryRateLimiter(key).memory }),
    ...(total === undefined ? {} : { total: memoryRateLimiter(total, { entries: ENTRIES_IN_TOTAL }).memory }),
    ...(atOnce === undefined ? {} : { atOnce: concurrencyLimiter({ max: atOnce, holders: threads }).memory }),
  };
}

/** @param distributed Turns a limiter of this machine into one that several machines share. */
export function openLimits(
  plan: LimitPlan,
  memory: LimitMemory,
  { threads, thread }: Share,
  distributed: (limit: RateLimit, local: RateLimiter) => RateLimiter = (_, local) => local,
): PolicyLimits {
  const limiter = (limit: RateLimit | undefined, shared: SharedArrayBuffer | undefined): RateLimiter | undefined => {
    if (limit === undefined || shared === undefined) return undefined;
    return distributed(limit, memoryRateLimiter(limit, { memory: shared }));
  };
  return {
    address: limiter(plan.address, memory.address),
    key: limiter(plan.key, memory.key),
    global: limiter(plan.total, memory.total),
    failures: limiter(plan.failures, memory.failures),
    concurrency:
      plan.atOnce === undefined || memory.atOnce === undefined
        ? undefined
        : concurrencyLimiter({ max: plan.atOnce, holders: threads }, { memory: memory.atOnce, holder: thread }),
  };
}
