/**
 * Who owes how much, in a fixed number of words that threads share.
 *
 * A word holds a tag (32 bits of the key's hash) and the tick at which the key's debt will be paid (its low 32 bits).
 * It changes by compare-and-exchange alone, so a debt is exact over any number of threads, and a thread that dies at
 * any point leaves the table whole. Another part of the hash selects a set of 8 words, one cache line, in which the
 * key's word must be.
 *
 * A key that is new to its set takes the word with the least debt *and that debt along with it*. So the word of a key
 * never says less than the key owes: a key that was pushed out finds at least its own debt when it comes back. When
 * more keys are in debt than there are words, keys are refused sooner than their limit says, never later; the whole
 * table allows no more than as many keys as it has words could take.
 */
import { HEADER_BYTES, sharedSecret } from "./shared-header.ts";
import { KeyedHash } from "./keyed-hash.ts";

const WAYS = 8;
// Which half of a 64-bit word is the tag, when the same memory is read as 32-bit words.
const TAG_HALF = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
const EMPTY = 0n;

export const TABLE_WORD_BYTES = 8;
export const LEAST_TABLE_WORDS: number = WAYS;

/** Ticks of the clock, of which only the low 32 bits are kept. */
type Clock = () => number;

export class DebtTable {
  readonly #words: BigInt64Array<SharedArrayBuffer>;
  readonly #halves: Int32Array<SharedArrayBuffer>;
  readonly #lastSet: number;
  readonly #hash: KeyedHash;
  readonly #clock: Clock;
  readonly #mostDebt: number;
  readonly #mostSkew: number;
  #tag = 0;
  #at = 0;
  #word = EMPTY;
  #now = 0;

  /**
   * @param mostDebt The largest debt that can be; 2^30 at most.
   * @param mostSkew Ticks by which the clocks of two threads may differ.
   */
  constructor(memory: SharedArrayBuffer, clock: Clock, mostDebt: number, mostSkew: number) {
    this.#words = new BigInt64Array(memory, HEADER_BYTES);
    this.#halves = new Int32Array(memory, HEADER_BYTES);
    this.#lastSet = this.#words.length / WAYS - 1;
    this.#hash = new KeyedHash(...sharedSecret(memory));
    this.#clock = clock;
    this.#mostDebt = mostDebt;
    this.#mostSkew = mostSkew;
  }

  /** What `key` owes now, in ticks. */
  debt(key: string): number {
    this.#find(key);
    return this.#debtOf(this.#word);
  }

  /**
   * Adds `cost` to what `key` owes, unless that makes more than the largest debt.
   *
   * @returns What it owed before.
   */
  charge(key: string, cost: number): number {
    for (;;) {
      this.#find(key);
      const word = this.#word;
      const debt = this.#debtOf(word);
      if (debt + cost > this.#mostDebt) return debt;
      const paid = (this.#now + debt + cost) | 0;
      const charged = BigInt.asIntN(64, (BigInt(this.#tag) << 32n) | BigInt(paid >>> 0));
      if (Atomics.compareExchange(this.#words, this.#at, word, charged) === word) return debt;
    }
  }

  /** Finds the word of `key`, or the one that it would take. */
  #find(key: string): void {
    this.#hash.hash(key);
    this.#tag = this.#hash.high === 0 ? 1 : this.#hash.high;
    const first = (this.#hash.low & this.#lastSet) * WAYS;
    for (let at = first; at < first + WAYS; at++) {
      if (Atomics.load(this.#halves, 2 * at + TAG_HALF) === this.#tag && this.#select(at)) return;
    }
    this.#findLeast(first);
  }

  /**
   * The key's own word after all, or an empty one, or else that with the least debt.
   *
   * Two threads that bring the same new key do not put it into two words: words only ever grow, so both find the same
   * one to be the least (the first of equals), unless one of them saw a word that has changed since. Its exchange fails
   * then, and it looks again.
   */
  #findLeast(first: number): void {
    const now = this.#clock() | 0;
    let leastAt = first;
    let leastWord = EMPTY;
    let leastPaid = Infinity;
    for (let at = first; at < first + WAYS; at++) {
      if (this.#select(at) || this.#word === EMPTY) return;
      const paid = (lowHalf(this.#word) - now) | 0;
      if (paid >= leastPaid) continue;
      leastAt = at;
      leastWord = this.#word;
      leastPaid = paid;
    }
    this.#at = leastAt;
    this.#word = leastWord;
  }

  /** Reads a word; whether it is the key's own. */
  #select(at: number): boolean {
    this.#at = at;
    this.#word = Atomics.load(this.#words, at);
    return Number(this.#word >> 32n) === this.#tag;
  }

  /**
   * The clock is read after the word, so that no other thread's charge is of a later time than this. What lies further
   * ahead than any debt is a word that nobody touched for about 2^32 ticks, or a clock that was set back: forgiven.
   */
  #debtOf(word: bigint): number {
    this.#now = this.#clock() | 0;
    if (word === EMPTY) return 0;
    const debt = (lowHalf(word) - this.#now) | 0;
    if (debt <= 0 || debt > this.#mostDebt + this.#mostSkew) return 0;
    return Math.min(debt, this.#mostDebt);
  }
}

function lowHalf(word: bigint): number {
  return Number(BigInt.asIntN(32, word));
}
