import type { Socket } from "node:net";
import type { Deadline, DeadlineSweep } from "@tinyhttp/listener";
import type { Settings } from "./options.ts";
import { queuedBytes } from "./queued-bytes.ts";

/**
 * How long a connection waits for its client to take what was written. Two things are asked: that something moves,
 * which only Node can see while one write is under way (`socket.setTimeout` looks at the system's progress, and all
 * sockets share one timer), and that it moves at the least rate on average.
 */
export class WriteDeadline implements Deadline {
  deadline: number = Infinity;
  readonly #socket: Socket;
  readonly #sweep: DeadlineSweep;
  readonly #settings: Settings;
  readonly #onTimeout: () => void;
  #queuedBytes = 0;

  constructor(socket: Socket, sweep: DeadlineSweep, settings: Settings, onTimeout: () => void) {
    this.#socket = socket;
    this.#sweep = sweep;
    this.#settings = settings;
    this.#onTimeout = onTimeout;
    // The sweep has the last word: a process that was stopped hears of all its timeouts at once, and of the progress
    // that was made meanwhile only after them.
    socket.on("timeout", () => {
      if (this.#hasMoved()) return;
      this.deadline = Math.min(this.deadline, performance.now());
    });
  }

  /** @param bytes What the client has not taken. */
  start(bytes: number): void {
    const { minBytesPerSecond, minRateGraceMs, writeTimeoutMs } = this.#settings;
    this.deadline = performance.now() + minRateGraceMs + (bytes / minBytesPerSecond) * 1000;
    this.#queuedBytes = queuedBytes(this.#socket);
    this.#socket.setTimeout(writeTimeoutMs);
    this.#sweep.add(this);
  }

  stop(): void {
    this.#socket.setTimeout(0);
    this.#sweep.delete(this);
  }

  onDeadline(): void {
    this.stop();
    this.#onTimeout();
  }

  /** Node sees no progress within a write of an encrypted connection. */
  #hasMoved(): boolean {
    const queued = queuedBytes(this.#socket);
    const hasMoved = queued !== this.#queuedBytes;
    this.#queuedBytes = queued;
    if (hasMoved) this.#socket.setTimeout(this.#settings.writeTimeoutMs);
    return hasMoved;
  }
}
