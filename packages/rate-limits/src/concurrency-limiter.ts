/**
 * How many at once, counted in a fixed number of cells. A key has one cell in each of four rows, chosen by its hash,
 * and counts as often as the least of its cells says (a count-min sketch). Keys that meet in all four cells count
 * together, so a key may be refused early, which a roomy table makes rare, and is never allowed too often.
 *
 * Each holder, a thread usually, has cells of its own, and the count is the sum over holders. So what a thread held
 * when it died can be taken back: whoever takes its place starts with cells at zero.
 */
import { KeyedHash } from "./keyed-hash.ts";
import { checkSharedTable, createSharedTable, HEADER_BYTES, sharedSecret } from "./shared-header.ts";

const TABLE_KIND = 0x7468_7202;
const ROWS = 4;
const CELL_BYTES = 4;
const DEFAULT_CELLS = 8192;
const MOST_CELLS = 2 ** 22;
const MOST_HOLDERS = 1024;
const MOST_AT_ONCE = 2 ** 30;

export interface ConcurrencyLimit {
  /** How many a key may hold at a time; 1 to 2^30. */
  readonly max: number;
  /** How many threads count together; 1 to 1024, default 1. */
  readonly holders?: number;
}

export interface ConcurrencyLimiterOptions {
  /**
   * Cells in each of four rows, for each holder; rounded up to a power of two, 8 to 4,194,304, 16 bytes for the four.
   * Should be a few times the number of keys that hold something at a time. Default 8192: 128 KiB for each holder.
   */
  readonly cells?: number;
  /** `memory` of a limiter with the same limit, to count together with it. Default: new memory. */
  readonly memory?: SharedArrayBuffer;
  /**
   * Which of the holders this is, from 0; default 0. What an earlier limiter of this number still held is forgotten:
   * the place of a thread that crashed is taken by its successor.
   */
  readonly holder?: number;
}

/** What a key holds until it is released. */
export interface Permit {
  /** Gives it back. Further calls do nothing. */
  release(): void;
}

/** Limits how many each key holds at a time. */
export interface ConcurrencyLimiter {
  readonly max: number;
  /** What other threads need to count together with this one. */
  readonly memory: SharedArrayBuffer;
  /** One more for `key`, or `undefined` when it has as many as it may have. */
  acquire(key: string): Permit | undefined;
  /** How many `key` holds, at least; more when it shares its cells. */
  count(key: string): number;
}

/**
 * Limits how many of something, requests or connections, a key may have at a time, over all threads that share its
 * memory, and in memory that never grows.
 *
 * @throws {RangeError} A number is out of its range.
 * @throws {TypeError} `memory` belongs to another limit, or is something else.
 */
export function concurrencyLimiter(
  limit: ConcurrencyLimit,
  options: ConcurrencyLimiterOptions = {},
): ConcurrencyLimiter {
  const { max, holders = 1 } = limit;
  const { holder = 0, cells = DEFAULT_CELLS } = options;
  checkWhole("max", max, 1, MOST_AT_ONCE);
  checkWhole("holders", holders, 1, MOST_HOLDERS);
  checkWhole("holder", holder, 0, holders - 1);
  checkWhole("cells", cells, 8, MOST_CELLS);
  if (options.memory !== undefined) checkSharedTable(TABLE_KIND, [max, holders], options.memory);
  const width = 2 ** Math.ceil(Math.log2(cells));
  const laneBytes = (1 + ROWS * width) * CELL_BYTES;
  const memory = options.memory ?? createSharedTable(TABLE_KIND, [max, holders], holders * laneBytes);
  return new SketchLimiter(memory, max, holders, holder);
}

/** A holder's lane: a word that counts who had it, then its cells, row after row. */
class SketchLimiter implements ConcurrencyLimiter {
  readonly memory: SharedArrayBuffer;
  readonly max: number;
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #laneWords: number;
  readonly #width: number;
  readonly #lane: number;
  readonly #term: number;
  readonly #hash: KeyedHash;

  constructor(memory: SharedArrayBuffer, max: number, holders: number, holder: number) {
    this.memory = memory;
    this.max = max;
    this.#words = new Int32Array(memory, HEADER_BYTES);
    this.#laneWords = this.#words.length / holders;
    this.#width = (this.#laneWords - 1) / ROWS;
    this.#lane = holder * this.#laneWords;
    this.#hash = new KeyedHash(...sharedSecret(memory));
    this.#term = Atomics.add(this.#words, this.#lane, 1) + 1;
    for (let at = 1; at < this.#laneWords; at++) Atomics.store(this.#words, this.#lane + at, 0);
  }

  acquire(key: string): Permit | undefined {
    const { low, high } = this.#select(key);
    // First counted and then looked at: of those who come together, the last sees all of them.
    this.#add(low, high, 1);
    if (this.#count(low, high) > this.max) {
      this.#add(low, high, -1);
      return undefined;
    }
    let held = true;
    return {
      release: () => {
        if (held) this.#add(low, high, -1);
        held = false;
      },
    };
  }

  count(key: string): number {
    const { low, high } = this.#select(key);
    return this.#count(low, high);
  }

  #select(key: string): { readonly low: number; readonly high: number } {
    this.#hash.hash(key);
    return { low: this.#hash.low, high: this.#hash.high };
  }

  #add(low: number, high: number, difference: 1 | -1): void {
    // Another has taken the lane over, and counts there what is its own.
    if (Atomics.load(this.#words, this.#lane) !== this.#term) return;
    for (let row = 0; row < ROWS; row++) Atomics.add(this.#words, this.#lane + this.#cell(low, high, row), difference);
  }

  #count(low: number, high: number): number {
    let least = Infinity;
    for (let row = 0; row < ROWS; row++) {
      const cell = this.#cell(low, high, row);
      let sum = 0;
      for (let lane = 0; lane < this.#words.length; lane += this.#laneWords) {
        sum += Atomics.load(this.#words, lane + cell);
      }
      least = Math.min(least, sum);
    }
    return least;
  }

  // Four hashes out of two (Kirsch and Mitzenmacher): low + row × high, with an odd step so that the rows differ.
  #cell(low: number, high: number, row: number): number {
    return 1 + row * this.#width + ((low + Math.imul(row, high | 1)) & (this.#width - 1));
  }
}

function checkWhole(what: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`Cannot limit with ${what} ${value}: expected a whole number from ${least} to ${most}`);
}
