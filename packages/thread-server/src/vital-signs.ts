/**
 * What a thread tells without a message: that it lives, and how much it has done. It writes on a timer of its own;
 * the main thread reads when it likes, also when the thread is stuck or gone.
 */
import type { AsyncServerCounters } from "@tinyhttp/async-server";

const BEATS = 0;
const NAMES = ["requests", "answering", "malformed", "timedOut", "open", "accepted", "refused", "errors"] as const;
const WORD_BYTES = 8;

type Numbers = Record<(typeof NAMES)[number], number>;

export class VitalSigns {
  readonly buffer: SharedArrayBuffer;
  readonly #words: BigInt64Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(WORD_BYTES * (1 + NAMES.length))) {
    this.buffer = buffer;
    this.#words = new BigInt64Array(buffer);
  }

  /** How often the thread has written. It stands still when the thread's event loop does. */
  get beats(): bigint {
    return Atomics.load(this.#words, BEATS);
  }

  write(counters: AsyncServerCounters): void {
    const numbers: Numbers = { ...counters, ...counters.connections };
    for (const [index, name] of NAMES.entries()) Atomics.store(this.#words, 1 + index, BigInt(numbers[name]));
    Atomics.add(this.#words, BEATS, 1n);
  }

  read(): Numbers {
    const numbers: Partial<Numbers> = {};
    for (const [index, name] of NAMES.entries()) numbers[name] = Number(Atomics.load(this.#words, 1 + index));
    return numbers as Numbers;
  }
}

/** Counts of several threads as those of one server. */
export class CounterSum {
  readonly #total: Numbers = Object.fromEntries(NAMES.map((name) => [name, 0])) as Numbers;

  add(signs: VitalSigns): this {
    const numbers = signs.read();
    for (const name of NAMES) this.#total[name] += numbers[name];
    return this;
  }

  /** Adds what a thread that is gone has done; what it had in hand is over. */
  addFinal(signs: VitalSigns): this {
    const { answering, open } = this.#total;
    this.add(signs);
    this.#total.answering = answering;
    this.#total.open = open;
    return this;
  }

  copy(): CounterSum {
    const copy = new CounterSum();
    Object.assign(copy.#total, this.#total);
    return copy;
  }

  toCounters(): AsyncServerCounters {
    const { requests, answering, malformed, timedOut, open, accepted, refused, errors } = this.#total;
    return { requests, answering, malformed, timedOut, connections: { open, accepted, refused, errors } };
  }
}
