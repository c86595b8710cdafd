import { type Gcra, verdict } from "../gcra.ts";
import { memoryRateLimiter } from "../memory-rate-limiter.ts";
import { checkCost, completeLimit, type RateLimit, type RateLimiter, type Verdict } from "../rate-limit.ts";
import { GCRA_SCRIPT, GCRA_SCRIPT_SHA1 } from "./gcra-script.ts";
import { Outage } from "./outage.ts";

const DEFAULT_PREFIX = "tinyhttp:rate:";
const DEFAULT_TIMEOUT_MS = 100;
const DEFAULT_PROBE_MS = 1000;
/** Ticks of a millisecond: the finest that the clock of Redis has, and the coarsest. */
const MICROSECONDS = 1000;
const MILLISECONDS = 1;
/** With the date beside it, a debt still is a number that Lua holds exactly. */
const MOST_TICKS = Number.MAX_SAFE_INTEGER / 4;

/** What is needed of a client: `Redis` and `Cluster` of ioredis have it. */
export interface RedisClient {
  /** `ready` when commands are answered. */
  readonly status: string;
  evalsha(sha1: string, numberOfKeys: number, ...keysAndArguments: (string | number)[]): Promise<unknown>;
  eval(script: string, numberOfKeys: number, ...keysAndArguments: (string | number)[]): Promise<unknown>;
}

export interface RedisRateLimiterOptions {
  /** Connected and closed by the caller. It needs an `error` listener, or ioredis writes errors to the console. */
  readonly client: RedisClient;
  /** What the names of the keys in Redis begin with; the name of the limit follows. Default `tinyhttp:rate:`. */
  readonly prefix?: string;
  /**
   * Decides while Redis does not, on each machine for itself. Default: a `memoryRateLimiter` of the same limit, which
   * admits at most what the limit says times the number of processes.
   */
  readonly insurance?: RateLimiter;
  /** Milliseconds that a request waits for Redis, before the insurance answers; above 0, default 100. */
  readonly timeoutMs?: number;
  /** Milliseconds between two attempts to ask Redis while it is out; above 0, default 1000. */
  readonly probeMs?: number;
  /**
   * Told why the insurance takes over (a timeout, a lost connection, READONLY, OOM), and `undefined` when Redis answers
   * again. By default nobody is told.
   */
  readonly onOutage?: (reason: Error | undefined) => void;
}

/**
 * Limits how often each key may do something, exactly, over all processes that use the same Redis (5 or later) and the
 * same prefix and limit. `take` and `peek` never reject: what Redis does not answer in time, the insurance does.
 *
 * @throws {RangeError} A number of the limit is out of its range.
 */
export function redisRateLimiter(limit: RateLimit, options: RedisRateLimiterOptions): RateLimiter {
  return new RedisRateLimiter(completeLimit(limit), options);
}

class RedisRateLimiter implements RateLimiter {
  readonly limit: Required<RateLimit>;
  readonly #rate: Gcra;
  readonly #client: RedisClient;
  readonly #prefix: string;
  readonly #insurance: RateLimiter;
  readonly #timeoutMs: number;
  readonly #outage: Outage;

  constructor(limit: Required<RateLimit>, options: RedisRateLimiterOptions) {
    this.limit = limit;
    this.#rate = redisRate(limit);
    this.#client = options.client;
    this.#prefix = `${options.prefix ?? DEFAULT_PREFIX}${limit.name}:`;
    this.#insurance = options.insurance ?? memoryRateLimiter(limit);
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#outage = new Outage(options.probeMs ?? DEFAULT_PROBE_MS, options.onOutage ?? (() => {}));
  }

  take(key: string, cost: number = 1): Verdict | Promise<Verdict> {
    checkCost(cost);
    return this.#ask(key, cost, true) ?? this.#insurance.take(key, cost);
  }

  peek(key: string, cost: number = 1): Verdict | Promise<Verdict> {
    checkCost(cost);
    return this.#ask(key, cost, false) ?? this.#insurance.peek(key, cost);
  }

  /** What Redis says, or the insurance when it fails; `undefined` when it is not even asked. */
  #ask(key: string, cost: number, takes: boolean): Promise<Verdict> | undefined {
    const { status } = this.#client;
    if (!this.#isUsable(status)) {
      this.#outage.begin(new Error(`Cannot ask Redis for a rate limit: its client is ${status}, expected ready`));
      return undefined;
    }
    if (!this.#outage.mayAsk()) return undefined;
    const ticks = Math.ceil(cost * this.#rate.ticksPerRequest);
    return this.#debt(this.#prefix + key, ticks, takes).then(
      (debt) => {
        this.#outage.end();
        return verdict(this.#rate, debt, ticks, takes);
      },
      (error: Error) => {
        this.#outage.begin(error);
        return takes ? this.#insurance.take(key, cost) : this.#insurance.peek(key, cost);
      },
    );
  }

  /** A client that has yet to connect queues commands; in an outage that would be one more way to wait. */
  #isUsable(status: string): boolean {
    return status === "ready" || (!this.#outage.isOut && /^(?:wait|connect|connecting)$/.test(status));
  }

  async #debt(key: string, ticks: number, takes: boolean): Promise<number> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new Error(`Cannot wait for Redis: no answer within ${this.#timeoutMs} ms`)),
      this.#timeoutMs,
    );
    try {
      const answer = await Promise.race([this.#run(key, ticks, takes), late.promise]);
      if (!Array.isArray(answer)) throw new TypeError("Cannot read the answer of Redis: expected a list");
      return Number(answer[1]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #run(key: string, ticks: number, takes: boolean): Promise<unknown> {
    const values = [key, ticks, this.#rate.mostDebt, takes ? 1 : 0, this.#rate.ticksPerMs];
    try {
      return await this.#client.evalsha(GCRA_SCRIPT_SHA1, 1, ...values);
    } catch (error) {
      // A Redis that was started since has not seen the script.
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      return await this.#client.eval(GCRA_SCRIPT, 1, ...values);
    }
  }
}

/** The limit in microseconds; in milliseconds when its burst takes more than 70 years to refill. */
function redisRate(limit: Required<RateLimit>): Gcra {
  for (const ticksPerMs of [MICROSECONDS, MILLISECONDS]) {
    const ticksPerRequest = Math.ceil((limit.perMs * ticksPerMs) / limit.requests);
    const mostDebt = Math.floor(limit.burst * ticksPerRequest);
    if (mostDebt <= MOST_TICKS) return { limit, ticksPerRequest, ticksPerMs, mostDebt };
  }
  throw new RangeError(`Cannot limit with burst ${limit.burst}: expected one that is refilled within 70 000 years`);
}
