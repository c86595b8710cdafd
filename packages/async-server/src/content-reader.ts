/** The content of the request that is being answered: pulled out of the parser piece by piece, within its limits. */
import { HttpError } from "@tinyhttp/handler";
import { explainSyntaxError, isHttpSyntaxError, type RequestHead, type RequestParser } from "@tinyhttp/http-parser";
import { BodyClock } from "./body-clock.ts";
import type { Inbox } from "./inbox.ts";
import type { Settings } from "./options.ts";
import type { ReadDeadline } from "./read-deadline.ts";
import { type ContentSource, tooLarge } from "./request-body.ts";

/** Content that nobody read is read and dropped up to this size, to keep the connection; a new one is cheaper beyond. */
const MOST_SKIPPED_BYTES = 262_144;

const NEED_DATA: unique symbol = Symbol("need-data");

interface Waiter {
  resolve(piece: Uint8Array | undefined): void;
  reject(reason: unknown): void;
}

export class ContentReader implements ContentSource {
  readonly #parser: RequestParser;
  readonly #inbox: Inbox;
  readonly #settings: Settings;
  readonly #deadline: ReadDeadline;
  readonly #sayContinue: () => void;
  #clock: BodyClock | undefined;
  #length: number | undefined = 0;
  #bytes = 0;
  /** How far content may be skipped, once it is. */
  #skipEnd: number | undefined;
  #continueAwaited = false;
  #inputEnded = false;
  #waiter: Waiter | undefined;
  #failure: unknown;
  /** Whether the end of the current request has been read. */
  isComplete = true;

  /** @param sayContinue Sends 100 (Continue). */
  constructor(
    parser: RequestParser,
    inbox: Inbox,
    settings: Settings,
    deadline: ReadDeadline,
    sayContinue: () => void,
  ) {
    this.#parser = parser;
    this.#inbox = inbox;
    this.#settings = settings;
    this.#deadline = deadline;
    this.#sayContinue = sayContinue;
  }

  /** Whether somebody waits for content. */
  get isWaiting(): boolean {
    return this.#waiter !== undefined;
  }

  /**
   * Whether the end of the request can be reached without the handler. Not when the client still waits for 100
   * (Continue): nobody knows whether it will send the content (RFC 9110 §10.1.1).
   */
  get canSkip(): boolean {
    if (this.isComplete) return true;
    if (this.#failure !== undefined || this.#continueAwaited) return false;
    return this.#length === undefined || this.#length - this.#bytes <= MOST_SKIPPED_BYTES;
  }

  begin(head: RequestHead): void {
    this.#length = head.contentLength;
    this.#bytes = 0;
    this.#skipEnd = undefined;
    this.#failure = undefined;
    this.#continueAwaited = head.expectsContinue;
    this.isComplete = this.#length === 0 && this.#parser.next() === "end";
    if (!this.isComplete) this.#clock?.start();
  }

  /** @throws {HttpError} The content breaks a limit or a rule; again on every later call. */
  readContent(): Uint8Array | undefined | Promise<Uint8Array | undefined> {
    if (this.#waiter !== undefined) {
      throw new TypeError("Cannot read the content of the request: an earlier read is still under way");
    }
    const piece = this.#pull();
    if (piece !== NEED_DATA) return piece;
    if (this.#inputEnded) throw this.#fail(incomplete());
    this.askForContent();
    this.#startWaiting();
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
    });
  }

  /** Sends 100 (Continue) if the client waits for it and has not begun to send (RFC 9110 §10.1.1). */
  askForContent(): void {
    if (!this.#continueAwaited) return;
    this.#continueAwaited = false;
    if (this.#bytes === 0 && this.#inbox.isEmpty) this.#sayContinue();
  }

  /** To be called when something has come in while somebody waits. @param size Of it, in bytes. */
  receive(size: number): void {
    this.#clock?.receive(size, performance.now());
    const waiter = this.#waiter;
    let piece: Uint8Array | undefined | typeof NEED_DATA;
    try {
      piece = this.#pull();
    } catch (error) {
      this.#stopWaiting();
      waiter?.reject(error);
      return;
    }
    if (piece === NEED_DATA) {
      this.#startWaiting();
      return;
    }
    this.#stopWaiting();
    waiter?.resolve(piece);
  }

  /** The response is out: whoever waits for the rest is forgotten, since it may belong to nobody's request. */
  abandon(): void {
    if (this.#waiter !== undefined) this.#stopWaiting();
  }

  /** Nothing more will come in. */
  endInput(): void {
    this.#inputEnded = true;
    if (this.#waiter !== undefined) this.fail(incomplete());
  }

  /** Whoever waits, and whoever asks later, gets `reason`. */
  fail(reason: unknown): void {
    this.#fail(reason);
    const waiter = this.#waiter;
    this.#stopWaiting();
    waiter?.reject(reason);
  }

  /**
   * Reads and drops content.
   *
   * @returns Whether the end is reached (`"end"`), more has to come in (`"need-data"`), or it is not worth it
   *   (`"too-much"`).
   * @throws {HttpSyntaxError} The framing is broken.
   */
  skip(): "end" | "need-data" | "too-much" {
    this.#skipEnd ??= this.#bytes + MOST_SKIPPED_BYTES;
    const before = this.#bytes;
    for (;;) {
      const event = this.#parser.next();
      if (event === "end") {
        this.isComplete = true;
        return "end";
      }
      if (event === "data") {
        this.#bytes += this.#parser.data.length;
        if (this.#bytes > this.#skipEnd) return "too-much";
      } else {
        const chunk = this.#inbox.take();
        if (chunk === undefined) {
          this.#clock?.receive(this.#bytes - before, performance.now());
          this.#startWaiting();
          return this.#inputEnded ? "too-much" : "need-data";
        }
        this.#parser.feed(chunk);
      }
    }
  }

  #pull(): Uint8Array | undefined | typeof NEED_DATA {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.isComplete) return undefined;
    try {
      return this.#nextPiece();
    } catch (error) {
      if (!isHttpSyntaxError(error)) throw error;
      throw this.#fail(new HttpError(error.status, error.code, explainSyntaxError(error), { cause: error }));
    }
  }

  #nextPiece(): Uint8Array | undefined | typeof NEED_DATA {
    for (;;) {
      const event = this.#parser.next();
      if (event === "data") return this.#counted(this.#parser.data);
      if (event === "end") {
        this.isComplete = true;
        return undefined;
      }
      const chunk = this.#inbox.take();
      if (chunk === undefined) return NEED_DATA;
      this.#parser.feed(chunk);
    }
  }

  #counted(piece: Uint8Array): Uint8Array {
    this.#continueAwaited = false;
    this.#bytes += piece.length;
    if (this.#bytes > this.#settings.maxBodyBytes) throw this.#fail(tooLarge(this.#settings.maxBodyBytes));
    // Whoever reads content may keep it.
    return this.#inbox.isLending ? new Uint8Array(piece) : piece;
  }

  #startWaiting(): void {
    this.#clock ??= new BodyClock(this.#settings);
    this.#deadline.awaitContent(this.#clock.wait(performance.now()));
  }

  #stopWaiting(): void {
    this.#waiter = undefined;
    this.#deadline.suspend();
  }

  #fail(reason: unknown): unknown {
    this.#failure ??= reason;
    return reason;
  }
}

// RFC 9112 §8: the connection ended before the request did.
function incomplete(): HttpError {
  return new HttpError(400, "body-incomplete", "Cannot read the content of the request: it ended early");
}
