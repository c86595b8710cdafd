import { DebtTable, LEAST_TABLE_WORDS, TABLE_WORD_BYTES } from "./debt-table.ts";
import { type Gcra, gcra, verdict } from "./gcra.ts";
import { checkCost, completeLimit, type RateLimit, type RateLimiter, type Verdict } from "./rate-limit.ts";
import { sharedClockMs } from "./shared-clock.ts";
import { checkSharedTable, createSharedTable } from "./shared-header.ts";

const TABLE_KIND = 0x7468_7201;
const DEFAULT_ENTRIES = 65_536;
const MOST_ENTRIES = 2 ** 24;
// Far more than the clocks of two cores differ, far less than anybody waits.
const MOST_SKEW_MS = 1;

export interface MemoryRateLimiterOptions {
  /**
   * How many keys can be in debt at a time; rounded up to a power of two, 8 to 16,777,216, 8 bytes each. Default
   * 65,536: half a MiB. When more are, new keys take over the least debt of others, and are refused early.
   */
  readonly entries?: number;
  /**
   * `memory` of a limiter with the same limit, in this or another thread, to count together with it; its number of
   * entries holds. Default: new memory.
   */
  readonly memory?: SharedArrayBuffer;
  /**
   * The clock, in milliseconds from any point, fractions allowed. Whoever shares memory must share the clock. Default:
   * the monotonic clock of the machine, which all threads read alike.
   */
  readonly now?: () => number;
}

/** A rate limiter that answers at once. */
export interface MemoryRateLimiter extends RateLimiter {
  /** What other threads need to count together with this one: send it with `workerData` or `postMessage`. */
  readonly memory: SharedArrayBuffer;
  take(key: string, cost?: number): Verdict;
  peek(key: string, cost?: number): Verdict;
}

/**
 * Limits how often each key may do something, exactly, over all threads that share its memory, and in memory that
 * never grows.
 *
 * @throws {RangeError} A number of the limit or `entries` is out of its range.
 * @throws {TypeError} `memory` belongs to another limit, or is something else.
 */
export function memoryRateLimiter(limit: RateLimit, options: MemoryRateLimiterOptions = {}): MemoryRateLimiter {
  const complete = completeLimit(limit);
  const numbers = [complete.requests, complete.perMs, complete.burst];
  const { now = sharedClockMs } = options;
  if (options.memory !== undefined) checkSharedTable(TABLE_KIND, numbers, options.memory);
  const memory =
    options.memory ?? createSharedTable(TABLE_KIND, numbers, tableWords(options.entries) * TABLE_WORD_BYTES);
  return new TableRateLimiter(gcra(complete), memory, now);
}

class TableRateLimiter implements MemoryRateLimiter {
  readonly memory: SharedArrayBuffer;
  readonly limit: Required<RateLimit>;
  readonly #rate: Gcra;
  readonly #table: DebtTable;

  constructor(rate: Gcra, memory: SharedArrayBuffer, now: () => number) {
    const { ticksPerMs, mostDebt } = rate;
    this.memory = memory;
    this.limit = rate.limit;
    this.#rate = rate;
    this.#table = new DebtTable(memory, () => now() * ticksPerMs, mostDebt, Math.ceil(MOST_SKEW_MS * ticksPerMs));
  }

  take(key: string, cost: number = 1): Verdict {
    checkCost(cost);
    const ticks = Math.ceil(cost * this.#rate.ticksPerRequest);
    return verdict(this.#rate, this.#table.charge(key, ticks), ticks, true);
  }

  peek(key: string, cost: number = 1): Verdict {
    checkCost(cost);
    return verdict(this.#rate, this.#table.debt(key), Math.ceil(cost * this.#rate.ticksPerRequest), false);
  }
}

function tableWords(entries: number = DEFAULT_ENTRIES): number {
  if (!(Number.isInteger(entries) && entries >= LEAST_TABLE_WORDS && entries <= MOST_ENTRIES)) {
    throw new RangeError(
      `Cannot keep entries ${entries}: expected a whole number from ${LEAST_TABLE_WORDS} to ${MOST_ENTRIES}`,
    );
  }
  return 2 ** Math.ceil(Math.log2(entries));
}
