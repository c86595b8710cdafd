import { monotonicMs } from "./clock.ts";
import type { Deadline, DeadlineSweep } from "@tinyhttp/listener";
import type { Settings } from "./options.ts";

/** What a connection may be waiting for its client to send; `response` when the client has ended its side meanwhile. */
export type AwaitedInput = "first-byte" | "head" | "body" | "next-request" | "response";

/** How long a connection waits for its client to send something. One wait at a time; each is one assignment. */
export class ReadDeadline implements Deadline {
  deadline: number = Infinity;
  readonly #sweep: DeadlineSweep;
  readonly #settings: Settings;
  readonly #onTimeout: (awaited: AwaitedInput) => void;
  #awaited: AwaitedInput = "first-byte";
  #inputEnded = false;
  /** On the monotonic clock: when it last began to wait for a request. */
  since: number = monotonicMs();

  constructor(sweep: DeadlineSweep, settings: Settings, onTimeout: (awaited: AwaitedInput) => void) {
    this.#sweep = sweep;
    this.#settings = settings;
    this.#onTimeout = onTimeout;
    this.deadline = this.since + settings.firstByteTimeoutMs;
    sweep.add(this);
  }

  /**
   * @param now On the monotonic clock.
   * @param hasBegun Whether a part of the request is there already: then time runs from its first byte.
   */
  awaitRequest(now: number, hasBegun: boolean): void {
    this.since = now;
    if (!hasBegun) {
      this.#awaited = "next-request";
      this.deadline = now + this.#settings.keepAliveTimeoutMs;
    } else if (this.#awaited !== "head" || this.deadline === Infinity) {
      this.#awaited = "head";
      this.deadline = now + this.#settings.headTimeoutMs;
    }
  }

  /** @param deadline As `BodyClock` gives it. */
  awaitContent(deadline: number): void {
    this.#awaited = "body";
    this.deadline = deadline;
  }

  /** It is not the client that is waited for, but the response. */
  suspend(): void {
    this.#awaited = "response";
    this.deadline = this.#inputEnded ? monotonicMs() + this.#settings.halfClosedTimeoutMs : Infinity;
  }

  /** The client has ended its side, and may be gone. */
  endInput(): void {
    this.#inputEnded = true;
    if (this.#awaited === "response") this.suspend();
  }

  stop(): void {
    this.#sweep.delete(this);
  }

  onDeadline(): void {
    this.#onTimeout(this.#awaited);
  }
}
