/** One worker thread as the main thread sees it. */
import { extname } from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { type TlsCertificate, TlsError } from "@tinyhttp/async-server";
import { type BoundAddress, type ListenAddress, ListenError } from "@tinyhttp/listener";
import type { Settings } from "./options.ts";
import { ThreadServerError } from "./thread-server-error.ts";
import { VitalSigns } from "./vital-signs.ts";
import type { FromWorker, ToWorker, WorkerPlan } from "./worker-messages.ts";

// The worker lies beside this file: as TypeScript in the source, as JavaScript in the package.
const ENTRY = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);
/** Heartbeats, and looks for them, within the time after which a thread counts as hung. */
const BEATS_PER_TIMEOUT = 8;
export const LOOKS_PER_TIMEOUT = 4;
const LONGEST_BEAT_MS = 500;
// A thread that is to end at its deadline and does not is ended after this.
const OVERTIME_MS = 2000;

/** Its place among the threads. */
export type Seat = Pick<WorkerPlan, "thread" | "threads" | "address" | "predecessor" | "certificates">;

export interface WorkerObserver {
  /** It ended after it had listened, and nobody had asked it to. Called after {@link onEnd}. */
  readonly onCrash: (error: unknown) => void;
  /** It is gone, however it went. */
  readonly onEnd: () => void;
}

export class WorkerHandle {
  readonly vitalSigns: VitalSigns = new VitalSigns();
  readonly #listening = Promise.withResolvers<BoundAddress>();
  readonly #ended = Promise.withResolvers<void>();
  readonly #worker: Worker;
  readonly #settings: Settings;
  readonly #observer: WorkerObserver;
  readonly #patience: NodeJS.Timeout;
  #phase: "starting" | "serving" | "leaving" = "starting";
  #hasHandedOver = false;
  /** Replacements of certificates that it has not answered yet, in the order in which they were asked for. */
  readonly #replacements: PromiseWithResolvers<void>[] = [];
  #isGone = false;
  #failure: unknown;
  #beatsSeen = 0n;
  #looksInVain = 0;

  constructor(settings: Settings, seat: Seat, observer: WorkerObserver) {
    const { module, data, serverOptions, resourceLimits, startTimeoutMs, heartbeatTimeoutMs } = settings;
    const beatMs = Math.min(LONGEST_BEAT_MS, heartbeatTimeoutMs / BEATS_PER_TIMEOUT);
    const vitalSigns = this.vitalSigns.buffer;
    const transferList = seat.predecessor === undefined ? [] : [seat.predecessor];
    const workerData: WorkerPlan = { ...seat, module, data, serverOptions, vitalSigns, beatMs };
    this.#settings = settings;
    this.#observer = observer;
    this.#worker = new Worker(ENTRY, { workerData, transferList, ...(resourceLimits && { resourceLimits }) });
    this.#patience = setTimeout(() => this.#giveUpStarting(), startTimeoutMs);
    this.#worker.on("error", (error) => (this.#failure ??= error));
    this.#worker.on("message", (message: FromWorker) => this.#onMessage(message, seat.address));
    this.#worker.on("exit", (code) => this.#onExit(code));
  }

  /** Rejects with what kept it from listening. */
  get listening(): Promise<BoundAddress> {
    return this.#listening.promise;
  }

  /** Whether it has given its listening socket away. */
  get hasHandedOver(): boolean {
    return this.#hasHandedOver;
  }

  /** Tells it to give its listening socket to its successor. @returns Where that one is to ask for it. */
  handOver(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#worker.postMessage({ kind: "hand-over", successor: port2 } satisfies ToWorker, [port2]);
    return port1;
  }

  /**
   * Tells it to show other certificates. Resolves also when it ends before it has answered.
   *
   * @throws {TlsError} It cannot use them.
   */
  replaceCertificates(certificates: readonly TlsCertificate[]): Promise<void> {
    if (this.#isGone) return Promise.resolve();
    const replacement = Promise.withResolvers<void>();
    this.#replacements.push(replacement);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage({ kind: "replace-certificates", certificates } satisfies ToWorker);
    return replacement.promise;
  }

  /** Ends it gently: see `AsyncServer.close`. */
  async leave(deadlineMs: number): Promise<void> {
    this.#phase = "leaving";
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage({ kind: "close", deadlineMs } satisfies ToWorker);
    const overtime = setTimeout(() => void this.#worker.terminate(), deadlineMs + OVERTIME_MS);
    await this.#ended.promise;
    clearTimeout(overtime);
  }

  /** Ends it at once, without a word to anybody. */
  async terminate(): Promise<void> {
    this.#phase = "leaving";
    await this.#worker.terminate();
  }

  /** To be called {@link LOOKS_PER_TIMEOUT} times in the time after which it counts as hung. */
  lookForHeartbeat(): void {
    if (this.#phase !== "serving") return;
    const { beats } = this.vitalSigns;
    // Counted in looks, not by a clock: when the whole process stood still, nobody was silent.
    this.#looksInVain = beats === this.#beatsSeen ? this.#looksInVain + 1 : 0;
    this.#beatsSeen = beats;
    if (this.#looksInVain < LOOKS_PER_TIMEOUT) return;
    const { heartbeatTimeoutMs } = this.#settings;
    this.#fail("hung", `The thread's event loop stood still for ${heartbeatTimeoutMs} ms`);
  }

  #onMessage(message: FromWorker, address: ListenAddress): void {
    switch (message.kind) {
      case "listening":
        clearTimeout(this.#patience);
        if (this.#phase === "starting") this.#phase = "serving";
        this.#listening.resolve(message.address);
        break;
      case "cannot-listen":
        this.#failure = new ListenError(address, message.code);
        break;
      case "tls-refused":
        this.#onTlsRefused(new TlsError(message.code, message.message));
        break;
      case "certificates-replaced":
        this.#replacements.shift()?.resolve();
        break;
      case "handed-over":
        this.#hasHandedOver = true;
        break;
    }
  }

  #onTlsRefused(error: TlsError): void {
    const replacement = this.#replacements.shift();
    if (replacement === undefined) this.#failure = error;
    else replacement.reject(error);
  }

  #onExit(code: number): void {
    clearTimeout(this.#patience);
    const failure = this.#failure ?? new ThreadServerError("exited", `The thread ended with exit code ${code}`);
    this.#listening.reject(failure);
    this.#ended.resolve();
    this.#isGone = true;
    for (const replacement of this.#replacements.splice(0)) replacement.resolve();
    this.#observer.onEnd();
    if (this.#phase === "serving") this.#observer.onCrash(failure);
  }

  #giveUpStarting(): void {
    const { startTimeoutMs } = this.#settings;
    this.#fail("start-timeout", `The thread did not listen within ${startTimeoutMs} ms`);
  }

  #fail(code: "hung" | "start-timeout", message: string): void {
    this.#failure ??= new ThreadServerError(code, message);
    void this.#worker.terminate();
  }
}
