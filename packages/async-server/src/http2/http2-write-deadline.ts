import type { Settings } from "../options.ts";

/**
 * How long the client of one stream may take for what was written to it: as over HTTP/1, something has to move within
 * `writeTimeoutMs`, and on average at the least rate.
 */
export class Http2WriteDeadline {
  readonly #settings: Settings;
  #rateDeadline = Infinity;
  #moveDeadline = Infinity;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  isOver(now: number): boolean {
    return this.#rateDeadline <= now || this.#moveDeadline <= now;
  }

  /** @param bytes What the client has not taken; 0 for a head alone. */
  start(bytes: number): void {
    const { minBytesPerSecond, minRateGraceMs, writeTimeoutMs } = this.#settings;
    const now = performance.now();
    this.#rateDeadline = now + minRateGraceMs + (bytes / minBytesPerSecond) * 1000;
    this.#moveDeadline = now + writeTimeoutMs;
  }

  /** The client has taken something, and is to take more. */
  onMove(): void {
    this.#moveDeadline = performance.now() + this.#settings.writeTimeoutMs;
  }

  stop(): void {
    this.#rateDeadline = Infinity;
    this.#moveDeadline = Infinity;
  }
}
