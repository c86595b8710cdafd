/**
 * Bytes into requests. The caller pulls: `feed` lends bytes, `next` says what was read from them, and not calling
 * `next` is how to pause.
 *
 * | state    | reads                     | then                                                   |
 * | -------- | ------------------------- | ------------------------------------------------------ |
 * | idle     | empty lines               | head, at any other byte                                |
 * | head     | request line, field lines | body, saying "head"; failed                            |
 * | body     | content, trailer section  | body, saying "data"; complete, saying "end"; failed    |
 * | complete | nothing                   | idle: the head and the trailers are released           |
 * | failed   | nothing, ever             | failed, throwing the same error                        |
 *
 * In every state but complete and failed, `next` says "need-data" when the lent bytes have all been read. It then
 * holds none of them: an incomplete section is kept (see byte-loan.ts), and the head of a message whose content is
 * still coming is decoded.
 */
import { CHUNKED, requestFraming } from "./body-framing.ts";
import { BodyReader } from "./body-reader.ts";
import { ByteLoan, WINDOW } from "./byte-loan.ts";
import { OPTION_CLOSE, OPTION_KEEP_ALIVE, OPTION_UPGRADE, readConnectionOptions } from "./connection-options.ts";
import { HttpSyntaxError } from "./errors.ts";
import { checkExpectation } from "./expectation.ts";
import { type FieldSectionLimits, scanFieldLines } from "./field-line.ts";
import type { FieldSection } from "./field-section.ts";
import { CR, LF } from "./grammar.ts";
import { CONNECTION, EXPECT, UPGRADE } from "./known-fields.ts";
import { type ParserLimits, resolveLimits } from "./limits.ts";
import { type RequestHead, RequestHeadRecord } from "./request-head.ts";
import { scanRequestLine } from "./request-line.ts";
import { checkTargetAndHost } from "./request-target.ts";

export interface RequestParserOptions {
  /** What to change of {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<ParserLimits> | undefined;
}

/**
 * What `next` has read: a request's head; some of its content; its end, after which the trailers are known; or
 * nothing, because more bytes are needed.
 */
export type ParserEvent = "need-data" | "head" | "data" | "end";

const IDLE = 0;
const HEAD = 1;
const BODY = 2;
const COMPLETE = 3;
const FAILED = 4;

/** Reads the requests of one connection. */
export class RequestParser {
  readonly #limits: ParserLimits;
  readonly #fieldLimits: FieldSectionLimits;
  readonly #loan: ByteLoan = new ByteLoan();
  #body: BodyReader | undefined;
  #head: RequestHeadRecord = new RequestHeadRecord();
  #state = IDLE;
  #emptyLines = 0;
  /** Whether `feed` may be called. */
  #hungry = true;
  /** Whether the head still refers to the caller's bytes. */
  #headLent = false;
  #failure: HttpSyntaxError | undefined;

  /** @throws {RangeError} A limit is not an integer from 0 to 65536. */
  constructor(options: RequestParserOptions = {}) {
    this.#limits = resolveLimits(options.limits);
    this.#fieldLimits = fieldLimits(this.#limits);
  }

  /**
   * Lends bytes: they must not change until `next` says `"need-data"` or `retain` is called.
   *
   * @throws {TypeError} The bytes lent before have not all been read: `next` has not said `"need-data"`.
   */
  feed(bytes: Uint8Array): void {
    if (!this.#hungry) throw new TypeError('Cannot feed the parser: expected next() to have said "need-data"');
    if (bytes.length === 0) return;
    this.#hungry = false;
    this.#loan.lend(bytes);
  }

  /** @throws {HttpSyntaxError} The bytes are not acceptable; thrown again by every later call. */
  next(): ParserEvent {
    try {
      if (this.#state === COMPLETE) this.#forget();
      return this.#state === BODY ? this.#nextOfBody() : this.#nextOfHead();
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /** The request's head; valid from `"head"` until the `next()` that follows `"end"`. */
  get head(): RequestHead {
    return this.#head;
  }

  /** After `"data"`, until the next call: a view of the lent bytes, not a copy; never empty. */
  get data(): Uint8Array {
    const { chunk } = this.#loan;
    if (this.#body === undefined) return chunk.subarray(0, 0);
    const { dataStart, dataEnd } = this.#body;
    return dataEnd - dataStart === chunk.length ? chunk : chunk.subarray(dataStart, dataEnd);
  }

  /** After `"end"`, until the next call: the trailer section (RFC 9112 §7.1.2), empty when there was none. */
  get trailers(): FieldSection {
    return (this.#body ??= new BodyReader(this.#limits)).trailers;
  }

  /** Whether a request has begun that has not ended: if the connection ends now, the request is incomplete (RFC 9112 §8). */
  get midMessage(): boolean {
    return this.#state === BODY || this.#loan.hasKept;
  }

  /**
   * Says that the connection has ended.
   *
   * @throws {HttpSyntaxError} `message-incomplete`, when a request has begun that has not ended.
   */
  finish(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.midMessage) throw this.#fail(this.#loan.errorInChunk("message-incomplete", this.#loan.chunk.length));
  }

  /** Ends the loan early: copies the unread bytes, decodes the head, and refers to nothing of the caller's. */
  retain(): void {
    this.#ownHead();
    this.#loan.retainUnread();
  }

  /** Gives the current head away: it stays valid for ever and refers to nothing of the caller's. */
  takeHead(): RequestHead {
    const head = this.#head;
    head.fields.settle();
    this.#headLent = false;
    this.#head = new RequestHeadRecord();
    return head;
  }

  /** A view of the lent bytes behind what has been read: after `"end"`, what follows an upgrade or CONNECT, untouched. */
  unread(): Uint8Array {
    return this.#loan.unread();
  }

  #nextOfHead(): ParserEvent {
    const loan = this.#loan;
    if (this.#failure !== undefined) throw this.#failure;
    if (loan.spent) return this.#needData();
    loan.openWindow();
    if (this.#state === IDLE && !this.#skipEmptyLines()) return this.#needMore();
    const head = this.#head;
    const { fields } = head;
    while (
      (fields.fieldsStart === 0 && !scanRequestLine(head, loan, this.#limits.maxRequestLineBytes)) ||
      !scanFieldLines(fields, loan, this.#fieldLimits)
    ) {
      if (!loan.loadMore()) return this.#needMore();
    }
    this.#decide(head);
    return "head";
  }

  /** RFC 9112 §2.2: an empty line before the request line is skipped. */
  #skipEmptyLines(): boolean {
    const loan = this.#loan;
    while (WINDOW[loan.start] === CR || WINDOW[loan.start] === LF || loan.start === loan.end) {
      if (loan.start + 1 >= loan.end) {
        if (WINDOW[loan.start] === LF) throw loan.error("bare-lf", loan.start);
        if (!loan.loadMore()) return false;
        continue;
      }
      if (WINDOW[loan.start] === LF) throw loan.error("bare-lf", loan.start);
      if (WINDOW[loan.start + 1] !== LF) throw loan.error("bare-cr", loan.start + 1);
      if (++this.#emptyLines > this.#limits.maxEmptyLines) throw loan.error("too-many-empty-lines", loan.start);
      loan.closeSection(loan.start + 2);
      if (loan.spent) return false;
      loan.openWindow();
    }
    this.#state = HEAD;
    this.#head.open();
    return true;
  }

  /** Everything that is decided about a head once it is complete, while it is in the window. */
  #decide(head: RequestHeadRecord): void {
    const loan = this.#loan;
    const { fields } = head;
    const minor = head.versionMinor;
    checkTargetAndHost(head, loan);
    const framing = requestFraming(fields, minor, loan);
    head.chunked = framing === CHUNKED;
    head.contentLength = framing === CHUNKED ? undefined : framing;
    const options = (fields.present & CONNECTION.bit) === 0 ? 0 : readConnectionOptions(fields, loan.start);
    // RFC 9112 §9.3: close ends it; HTTP/1.1 persists; HTTP/1.0 persists when asked to.
    head.keepAlive = (options & OPTION_CLOSE) === 0 && (minor === 1 || (options & OPTION_KEEP_ALIVE) !== 0);
    head.upgrade = minor === 1 && (options & OPTION_UPGRADE) !== 0 && (fields.present & UPGRADE.bit) !== 0;
    head.expectsContinue = false;
    // RFC 9110 §10.1.1: an expectation in HTTP/1.0 must be ignored.
    if ((fields.present & EXPECT.bit) !== 0 && minor === 1) {
      checkExpectation(fields, loan);
      head.expectsContinue = framing !== 0;
    }
    this.#lendHead(head);
    this.#state = BODY;
    if (framing !== 0) (this.#body ??= new BodyReader(this.#limits)).begin(framing);
    else this.#body?.begin(0);
  }

  #lendHead(head: RequestHeadRecord): void {
    const loan = this.#loan;
    const end = loan.start + head.fields.scanned;
    if (loan.hasKept) {
      // Its bytes lie in no chunk as a whole: decode them while they are in the window.
      head.fields.refer(WINDOW, loan.start);
      head.fields.own();
    } else {
      head.fields.refer(loan.chunk, loan.sectionIndex);
      this.#headLent = true;
    }
    loan.closeSection(end);
  }

  #nextOfBody(): ParserEvent {
    const progress = this.#body === undefined ? "end" : this.#body.read(this.#loan);
    if (progress === "need-data") return this.#needData();
    if (progress === "end") this.#state = COMPLETE;
    return progress;
  }

  #needMore(): "need-data" {
    if (!this.#loan.spent) this.#loan.keepSection();
    return this.#needData();
  }

  #needData(): "need-data" {
    this.#ownHead();
    this.#loan.giveBack();
    this.#hungry = true;
    return "need-data";
  }

  #ownHead(): void {
    if (!this.#headLent) return;
    this.#headLent = false;
    this.#head.fields.own();
  }

  #forget(): void {
    this.#state = IDLE;
    this.#emptyLines = 0;
    this.#headLent = false;
    this.#head.release();
    this.#body?.release();
  }

  #fail(error: unknown): unknown {
    if (error instanceof HttpSyntaxError) {
      this.#failure = error;
      this.#state = FAILED;
    }
    return error;
  }
}

function fieldLimits(limits: ParserLimits): FieldSectionLimits {
  return {
    lineBytes: limits.maxFieldLineBytes,
    sectionBytes: limits.maxFieldSectionBytes,
    count: limits.maxFieldCount,
  };
}
