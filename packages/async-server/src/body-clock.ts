import type { Settings } from "./options.ts";

/**
 * How long a client may take to send a request's content. Only the time counts in which somebody waits for it: a
 * handler that is slow to read does not make the client slow.
 */
export class BodyClock {
  readonly #settings: Settings;
  #bytes = 0;
  #waitedMs = 0;
  #waitingSince: number | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  start(): void {
    this.#bytes = 0;
    this.#waitedMs = 0;
    this.#waitingSince = undefined;
  }

  /**
   * Somebody waits.
   *
   * @returns The deadline: the end of the longest silence, or the moment at which the average since the start falls
   *   below the least rate, whichever is first.
   */
  wait(now: number): number {
    this.#waitingSince = now;
    const { bodyIdleTimeoutMs, minBytesPerSecond, minRateGraceMs } = this.#settings;
    const earnedMs = Math.max(minRateGraceMs, (this.#bytes / minBytesPerSecond) * 1000);
    return now + Math.min(bodyIdleTimeoutMs, Math.max(0, earnedMs - this.#waitedMs));
  }

  /** Something came, and nobody waits until `wait` is called again. */
  receive(bytes: number, now: number): void {
    this.#bytes += bytes;
    if (this.#waitingSince !== undefined) this.#waitedMs += now - this.#waitingSince;
    this.#waitingSince = undefined;
  }
}
