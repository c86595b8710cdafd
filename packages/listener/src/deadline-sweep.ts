const DEFAULT_PERIOD_MS = 1000;

/** Something with a deadline that a {@link DeadlineSweep} watches. */
export interface Deadline {
  /** When time is up, on the clock of `performance.now()`; `Infinity` for never. Assign it as often as you like. */
  deadline: number;
  /** Called by a sweep at or after `deadline`, which is `Infinity` again by then. */
  onDeadline(): void;
}

/**
 * One coarse timer for any number of deadlines. To set a deadline is to assign a number: no timer is made, moved or
 * cancelled, so it can be done for every request. A deadline is noticed at most one period late.
 *
 * The clock is monotonic: setting the machine's time moves nothing. A process that was stopped (SIGSTOP, a suspended
 * laptop, a blocked event loop) saw nothing of what its clients sent meanwhile; the time that it missed is added to
 * every deadline, so that they do not all expire at once.
 */
export class DeadlineSweep {
  readonly #entries = new Set<Deadline>();
  readonly #periodMs: number;
  #timer: NodeJS.Timeout | undefined;
  #lastSweep = 0;

  /** @param periodMs Time between two sweeps in milliseconds; default 1000. The timer keeps no process alive. */
  constructor(periodMs: number = DEFAULT_PERIOD_MS) {
    this.#periodMs = periodMs;
  }

  get size(): number {
    return this.#entries.size;
  }

  add(entry: Deadline): void {
    this.#entries.add(entry);
    if (this.#timer !== undefined) return;
    this.#lastSweep = performance.now();
    this.#timer = setInterval(() => this.#sweep(), this.#periodMs).unref();
  }

  delete(entry: Deadline): void {
    this.#entries.delete(entry);
    if (this.#entries.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #sweep(): void {
    const now = performance.now();
    const missed = now - this.#lastSweep - this.#periodMs;
    this.#lastSweep = now;
    // Less than a period late is jitter.
    if (missed < this.#periodMs) {
      this.#expire(now);
      return;
    }
    // However long it took, a period counts as a period: in a process that is always late, deadlines come later and
    // still come. First, though, the event loop reads what has arrived meanwhile and may move a deadline.
    for (const entry of this.#entries) entry.deadline += missed;
    setImmediate(() => this.#expire(now));
  }

  #expire(now: number): void {
    for (const entry of this.#entries) {
      if (entry.deadline > now) continue;
      entry.deadline = Infinity;
      entry.onDeadline();
    }
  }
}
