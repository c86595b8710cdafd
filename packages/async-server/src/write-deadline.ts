import type { Socket } from "node:net";
import type { Deadline, DeadlineSweep } from "@tinyhttp/listener";
import type { Settings } from "./options.ts";
import { untakenBytes } from "./untaken-bytes.ts";

/**
 * How long a connection waits for its client to take what was written. Two things are asked: that something moves, and
 * that it moves at the least rate on average. Most waits are over before anybody looks.
 */
export class WriteDeadline implements Deadline {
  deadline: number = Infinity;
  readonly #socket: Socket;
  readonly #sweep: DeadlineSweep;
  readonly #settings: Settings;
  readonly #onTimeout: () => void;
  /** What was waited for since the last look, and what the least rate still leaves. */
  #waitedMs = 0;
  #leftMs = 0;
  /** At the last look; `undefined` before the first. */
  #untakenBytes: number | undefined;
  /** A look takes a moment, in which the wait that it is for may end. */
  #waits = 0;

  constructor(socket: Socket, sweep: DeadlineSweep, settings: Settings, onTimeout: () => void) {
    this.#socket = socket;
    this.#sweep = sweep;
    this.#settings = settings;
    this.#onTimeout = onTimeout;
  }

  /** @param bytes What the client has not taken. */
  start(bytes: number): void {
    const { minBytesPerSecond, minRateGraceMs, writeTimeoutMs } = this.#settings;
    this.#leftMs = minRateGraceMs + (bytes / minBytesPerSecond) * 1000;
    this.#untakenBytes = undefined;
    this.#waits++;
    // The first look is only something to compare with: a client that takes nothing is left after 1.5 times the timeout.
    this.#wait(writeTimeoutMs / 2);
    this.#sweep.add(this);
  }

  stop(): void {
    this.#waits++;
    this.#sweep.delete(this);
  }

  onDeadline(): void {
    this.#leftMs -= this.#waitedMs;
    if (this.#leftMs <= 0) this.#giveUp();
    else void this.#look();
  }

  async #look(): Promise<void> {
    const wait = this.#waits;
    const untaken = await untakenBytes(this.#socket);
    if (wait !== this.#waits) return;
    if (untaken === this.#untakenBytes) {
      this.#giveUp();
      return;
    }
    this.#untakenBytes = untaken;
    this.#wait(this.#settings.writeTimeoutMs);
  }

  #giveUp(): void {
    this.stop();
    this.#onTimeout();
  }

  #wait(milliseconds: number): void {
    this.#waitedMs = Math.min(milliseconds, this.#leftMs);
    this.deadline = performance.now() + this.#waitedMs;
  }
}
