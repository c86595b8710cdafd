/** The content of one HTTP/2 request, pulled out of its stream piece by piece, within its limits. */
import type { ServerHttp2Stream } from "node:http2";
import { HttpError } from "@tinyhttp/handler";
import { BodyClock } from "../body-clock.ts";
import type { Settings } from "../options.ts";
import { type ContentSource, tooLarge } from "../request-body.ts";

interface Waiter {
  resolve(piece: Uint8Array | undefined): void;
  reject(reason: unknown): void;
}

export class Http2Content implements ContentSource {
  readonly #stream: ServerHttp2Stream;
  readonly #settings: Settings;
  #continueAwaited: boolean;
  #clock: BodyClock | undefined;
  #waiter: Waiter | undefined;
  #failure: unknown;
  /** When it is too late for the client to send more of what is waited for. */
  deadline: number = Infinity;
  bytes = 0;

  constructor(stream: ServerHttp2Stream, settings: Settings, continueAwaited: boolean) {
    this.#stream = stream;
    this.#settings = settings;
    this.#continueAwaited = continueAwaited;
  }

  get isComplete(): boolean {
    return this.#stream.readableEnded;
  }

  /** @throws {HttpError} The content breaks a limit or a rule; again on every later call. */
  readContent(): Uint8Array | undefined | Promise<Uint8Array | undefined> {
    if (this.#waiter !== undefined) {
      throw new TypeError("Cannot read the content of the request: an earlier read is still under way");
    }
    this.#begin();
    const piece = this.#pull();
    if (piece !== undefined || this.isComplete) return piece;
    this.askForContent();
    this.deadline = this.#clock?.wait(performance.now()) ?? Infinity;
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
    });
  }

  /** Sends 100 (Continue) if the client waits for it (RFC 9110 §10.1.1). */
  askForContent(): void {
    if (!this.#continueAwaited) return;
    this.#continueAwaited = false;
    if (this.bytes === 0 && !this.#stream.headersSent) this.#stream.additionalHeaders({ ":status": 100 });
  }

  /** Whoever waits, and whoever asks later, gets `reason`. */
  fail(reason: unknown): void {
    this.#failure ??= reason;
    const waiter = this.#stopWaiting();
    waiter?.reject(reason);
  }

  #begin(): void {
    if (this.#clock !== undefined) return;
    this.#clock = new BodyClock(this.#settings);
    this.#clock.start();
    this.#stream.on("readable", () => this.#onReadable());
    this.#stream.on("end", () => this.#onReadable());
  }

  #onReadable(): void {
    if (this.#waiter === undefined) return;
    try {
      const piece = this.#pull();
      if (piece !== undefined || this.isComplete) this.#stopWaiting()?.resolve(piece);
    } catch (error) {
      this.#stopWaiting()?.reject(error);
    }
  }

  #stopWaiting(): Waiter | undefined {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    this.deadline = Infinity;
    return waiter;
  }

  #pull(): Uint8Array | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    const piece = this.#stream.read() as Uint8Array | null;
    if (piece === null) return undefined;
    this.bytes += piece.length;
    this.#clock?.receive(piece.length, performance.now());
    if (this.bytes <= this.#settings.maxBodyBytes) return piece;
    this.#failure = tooLarge(this.#settings.maxBodyBytes);
    throw this.#failure;
  }
}

/** RFC 9113 §8.1.1: the stream ended before the request did. */
export function clientGone(): HttpError {
  return new HttpError(400, "client-gone", "Cannot read the content of the request: the client is gone");
}
