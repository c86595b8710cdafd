/** How much of everything a policy admits. */
import type { HttpResponse } from "@tinyhttp/handler";
import {
  addressKey,
  type ConcurrencyLimiter,
  concurrencyLimiter,
  memoryRateLimiter,
  type Permit,
  rateLimitFields,
  type RateLimiter,
  type Verdict,
} from "@tinyhttp/rate-limits";
import type { Mode } from "../modes/mode.ts";
import { refusal } from "./refusals.ts";
import { after, type Step } from "./step.ts";

/**
 * Limiters of a policy. In public mode each one that is missing has a default, so none can be left out; in the other
 * modes only failures are limited unless told otherwise. Several threads that should count together need limiters
 * with shared memory.
 */
export interface PolicyLimits {
  /** Requests from one IPv4 address or IPv6 /64. In public mode 100 a second, 1000 at once. */
  readonly address?: RateLimiter | undefined;
  /** Requests with one key. In public mode 1000 a second. */
  readonly key?: RateLimiter | undefined;
  /** All requests. In public mode 20,000 a second. */
  readonly global?: RateLimiter | undefined;
  /** Wrong credentials from one address. Default 5 a minute, and not more than 30 an hour. */
  readonly failures?: RateLimiter | undefined;
  /** Requests from one address at a time. In public mode 128. */
  readonly concurrency?: ConcurrencyLimiter | undefined;
}

const EVERYBODY = "all";
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export class Limits {
  readonly #limits: PolicyLimits;
  readonly #failures: readonly RateLimiter[];

  constructor(mode: Mode, limits: PolicyLimits) {
    this.#limits = mode === "public" ? withDefaults(limits) : limits;
    this.#failures = limits.failures === undefined ? defaultFailures() : [limits.failures];
  }

  /** Counts a request; a response when it is one too many. The address comes first: one client must not use up what all share. */
  admit(address: string): Step<HttpResponse | undefined> {
    const { address: perAddress, global } = this.#limits;
    const refused = perAddress === undefined ? undefined : take(perAddress, addressKey(address));
    if (global === undefined) return refused;
    return after(refused, (response) => response ?? take(global, EVERYBODY));
  }

  admitKey(id: string): Step<HttpResponse | undefined> {
    return this.#limits.key === undefined ? undefined : take(this.#limits.key, id);
  }

  /** Counts a wrong credential; a response when there were too many. */
  fail(address: string): Step<HttpResponse | undefined> {
    const key = addressKey(address);
    return this.#failures.reduce<Step<HttpResponse | undefined>>(
      (refused, limiter) => after(refused, (response) => response ?? take(limiter, key)),
      undefined,
    );
  }

  get hasConcurrency(): boolean {
    return this.#limits.concurrency !== undefined;
  }

  /** A place among the requests of an address, or `undefined` when all are taken. */
  enter(address: string): Permit | undefined {
    return this.#limits.concurrency?.acquire(addressKey(address));
  }
}

function take(limiter: RateLimiter, key: string): Step<HttpResponse | undefined> {
  return after(limiter.take(key), refusalOf);
}

function refusalOf(verdict: Verdict): HttpResponse | undefined {
  return verdict.allowed ? undefined : tooMany(verdict);
}

function withDefaults(limits: PolicyLimits): PolicyLimits {
  return {
    address: limits.address ?? memoryRateLimiter({ requests: 100, perMs: SECOND_MS, burst: 1000, name: "address" }),
    key: limits.key ?? memoryRateLimiter({ requests: 1000, perMs: SECOND_MS, name: "key" }),
    global: limits.global ?? memoryRateLimiter({ requests: 20_000, perMs: SECOND_MS, name: "global" }, { entries: 8 }),
    concurrency: limits.concurrency ?? concurrencyLimiter({ max: 128 }),
  };
}

// A person who mistypes needs a few tries at once; a program that guesses should not get 7200 a day.
function defaultFailures(): readonly RateLimiter[] {
  return [
    memoryRateLimiter({ requests: 5, perMs: MINUTE_MS, name: "failures" }),
    memoryRateLimiter({ requests: 30, perMs: HOUR_MS, name: "failures-hourly" }),
  ];
}

function tooMany(verdict: Verdict): HttpResponse {
  return refusal(429, "Too many requests", { ...rateLimitFields(verdict) });
}
