/**
 * Whether Redis is worth asking. While it is out, one request in each pause asks it, so that neither requests nor
 * commands queue up behind a store that does not answer.
 */
export class Outage {
  readonly #pauseMs: number;
  readonly #onOutage: (reason: Error | undefined) => void;
  #isOut = false;
  #nextProbe = 0;

  constructor(pauseMs: number, onOutage: (reason: Error | undefined) => void) {
    this.#pauseMs = pauseMs;
    this.#onOutage = onOutage;
  }

  get isOut(): boolean {
    return this.#isOut;
  }

  /** Whether to ask now. The answer has to be followed by `end` or `begin`. */
  mayAsk(): boolean {
    if (!this.#isOut) return true;
    const now = performance.now();
    if (now < this.#nextProbe) return false;
    this.#nextProbe = now + this.#pauseMs;
    return true;
  }

  begin(reason: Error): void {
    this.#nextProbe = performance.now() + this.#pauseMs;
    if (this.#isOut) return;
    this.#isOut = true;
    this.#onOutage(reason);
  }

  end(): void {
    if (!this.#isOut) return;
    this.#isOut = false;
    this.#onOutage(undefined);
  }
}
