/** How much is taken of whom, as numbers: what the options say, and what public mode has for what they do not say. */
import type { RateLimit } from "@tinyhttp/rate-limits";
import type { Options } from "../options.ts";
import { readRate } from "./rate.ts";

export interface LimitPlan {
  readonly address: RateLimit | undefined;
  readonly key: RateLimit | undefined;
  readonly total: RateLimit | undefined;
  /** Wrong keys of one address: a few at once for a person who mistypes, few in the long run for a program that guesses. */
  readonly failures: RateLimit;
  /** Requests of one address at a time. */
  readonly atOnce: number | undefined;
}

const FAILURES: RateLimit = { requests: 30, perMs: 3_600_000, burst: 5, name: "failures" };

const IN_PUBLIC = {
  address: { requests: 100, perMs: 1000, burst: 1000 },
  key: { requests: 1000, perMs: 1000 },
  total: { requests: 20_000, perMs: 1000 },
  atOnce: 128,
} as const satisfies Partial<LimitPlan>;

/** @throws {UsageError} A rate cannot be read. */
export function planLimits(options: Options): LimitPlan {
  const fallback: Partial<LimitPlan> = options.mode === "public" ? IN_PUBLIC : {};
  return {
    address: named("address", rateOf("rate-limit", options) ?? fallback.address),
    key: named("key", rateOf("rate-limit-per-key", options) ?? fallback.key),
    total: named("total", rateOf("rate-limit-in-total", options) ?? fallback.total),
    failures: FAILURES,
    atOnce: options["max-requests-per-address"] ?? fallback.atOnce,
  };
}

type RateOption = "rate-limit" | "rate-limit-per-key" | "rate-limit-in-total";

function rateOf(name: RateOption, options: Options): RateLimit | undefined {
  const text = options[name];
  return text === undefined ? undefined : readRate(`--${name}`, text);
}

/** Clients are told the name, in the fields `RateLimit` and `RateLimit-Policy`. */
function named(name: string, limit: RateLimit | undefined): RateLimit | undefined {
  return limit === undefined ? undefined : { ...limit, name };
}
