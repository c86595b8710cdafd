/**
 * Keeps one worker alive in each of a number of slots: replaces those that crash or hang, and rolls all of them over
 * to a new copy of the app. It knows nothing of how they share an address.
 */
import type { MessagePort } from "node:worker_threads";
import type { AsyncServerCounters, TlsCertificate } from "@tinyhttp/async-server";
import type { BoundAddress, ListenAddress } from "@tinyhttp/listener";
import { canHandOver } from "./hand-over.ts";
import type { Settings } from "./options.ts";
import { decideRestart } from "./restart-policy.ts";
import { ThreadServerError } from "./thread-server-error.ts";
import { CounterSum } from "./vital-signs.ts";
import { LOOKS_PER_TIMEOUT, WorkerHandle } from "./worker-handle.ts";

interface Slot {
  readonly thread: number;
  /** The worker that serves; `undefined` while a crashed one waits to be replaced. */
  worker: WorkerHandle | undefined;
  /** Whether a worker for it is starting. */
  isFilling: boolean;
  retry: NodeJS.Timeout | undefined;
}

export class Supervisor {
  readonly #settings: Settings;
  readonly #onGiveUp: (error: ThreadServerError) => void;
  readonly #slots: Slot[] = [];
  /** Workers that have not ended, also those that start or leave. */
  readonly #workers = new Set<WorkerHandle>();
  readonly #crashTimes: number[] = [];
  readonly #past = new CounterSum();
  readonly #watch: NodeJS.Timeout;
  #address: ListenAddress | undefined;
  /** What was given in place of those in the options. */
  #certificates: readonly TlsCertificate[] | undefined;
  #isStopping = false;

  constructor(settings: Settings, onGiveUp: (error: ThreadServerError) => void) {
    this.#settings = settings;
    this.#onGiveUp = onGiveUp;
    this.#watch = setInterval(() => this.#lookForHeartbeats(), settings.heartbeatTimeoutMs / LOOKS_PER_TIMEOUT);
    this.#watch.unref();
  }

  get counters(): AsyncServerCounters {
    const sum = this.#past.copy();
    for (const { vitalSigns } of this.#workers) sum.add(vitalSigns);
    return sum.toCounters();
  }

  /** Starts the first worker alone, since it may choose the port, and the others where it listens. */
  async start(
    threads: number,
    address: ListenAddress,
    follow: (bound: BoundAddress) => ListenAddress,
  ): Promise<BoundAddress> {
    for (let thread = 0; thread < threads; thread++) {
      this.#slots.push({ thread, worker: undefined, isFilling: false, retry: undefined });
    }
    const [first, ...others] = this.#slots;
    if (first === undefined) throw new RangeError("Cannot start: expected at least one thread");
    this.#address = address;
    const bound = await this.#fill(first);
    this.#address = follow(bound);
    await Promise.all(others.map((slot) => this.#fill(slot)));
    return bound;
  }

  /** Replaces each worker in turn; the old one leaves when the new one listens. Throws what keeps a new one from it. */
  async reload(deadlineMs: number): Promise<void> {
    for (const slot of this.#slots) {
      if (this.#isStopping) return;
      clearTimeout(slot.retry);
      const old = slot.worker;
      try {
        await this.#fill(slot, canHandOver() ? old?.handOver() : undefined);
      } catch (error) {
        // The old one may have crashed meanwhile, or was waiting to be replaced, or can accept nothing any more.
        if (slot.worker?.hasHandedOver === true) {
          void slot.worker.leave(deadlineMs);
          slot.worker = undefined;
        }
        if (slot.worker === undefined) this.#replace(slot, error);
        throw error;
      }
      await old?.leave(deadlineMs);
    }
  }

  /** Tells one worker that serves first: what it cannot use, no other is told to. */
  async replaceCertificates(certificates: readonly TlsCertificate[]): Promise<void> {
    const first = this.#slots.find(({ worker }) => worker !== undefined)?.worker;
    await first?.replaceCertificates(certificates);
    this.#certificates = certificates;
    // Also those that have begun to start meanwhile, with the old ones.
    const others = [...this.#workers].filter((worker) => worker !== first);
    await Promise.all(others.map((worker) => worker.replaceCertificates(certificates)));
  }

  async stop(deadlineMs: number): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#watch);
    for (const { retry } of this.#slots) clearTimeout(retry);
    await Promise.all([...this.#workers].map((worker) => worker.leave(deadlineMs)));
  }

  /** Ends all workers at once. */
  async terminate(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#watch);
    for (const { retry } of this.#slots) clearTimeout(retry);
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  /** Puts a worker into the slot as soon as it listens. */
  async #fill(slot: Slot, predecessor?: MessagePort): Promise<BoundAddress> {
    if (this.#address === undefined || this.#isStopping) {
      throw new ThreadServerError("cannot-listen", "Cannot listen: the server was closed meanwhile");
    }
    const { thread } = slot;
    const seat = {
      thread,
      threads: this.#slots.length,
      address: this.#address,
      predecessor,
      certificates: this.#certificates,
    };
    const worker: WorkerHandle = new WorkerHandle(this.#settings, seat, {
      onCrash: (error) => this.#onCrash(slot, worker, error),
      onEnd: () => this.#onEnd(slot, worker),
    });
    this.#workers.add(worker);
    slot.isFilling = true;
    const bound = await worker.listening.finally(() => (slot.isFilling = false));
    slot.worker = worker;
    this.#settings.onEvent({ kind: "listening", thread });
    return bound;
  }

  #onEnd({ thread }: Slot, worker: WorkerHandle): void {
    this.#workers.delete(worker);
    this.#past.addFinal(worker.vitalSigns);
    this.#settings.onEvent({ kind: "stopped", thread });
  }

  #onCrash(slot: Slot, worker: WorkerHandle, error: unknown): void {
    if (slot.worker === worker) slot.worker = undefined;
    this.#replace(slot, error);
  }

  #replace(slot: Slot, error: unknown): void {
    if (this.#isStopping) return;
    const { onEvent, maxCrashes, crashWindowMs } = this.#settings;
    const { thread } = slot;
    this.#crashTimes.push(performance.now());
    if (this.#crashTimes.length > maxCrashes) this.#crashTimes.shift();
    const decision = decideRestart(this.#crashTimes, this.#settings, Math.random());
    if (decision.kind === "give-up") {
      onEvent({ kind: "crashed", thread, error, restartInMs: undefined });
      const message = `Cannot keep serving: threads crashed ${maxCrashes} times within ${crashWindowMs / 1000} s`;
      this.#onGiveUp(new ThreadServerError("crash-loop", message, { cause: error }));
      return;
    }
    onEvent({ kind: "crashed", thread, error, restartInMs: decision.delayMs });
    slot.retry = setTimeout(() => {
      // A reload has replaced it, or is about to.
      if (slot.worker !== undefined || slot.isFilling) return;
      this.#fill(slot).catch((failure: unknown) => this.#replace(slot, failure));
    }, decision.delayMs);
  }

  #lookForHeartbeats(): void {
    for (const worker of this.#workers) worker.lookForHeartbeat();
  }
}
