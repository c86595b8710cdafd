/** Bytes into requests: what message-reader.ts does not know. */
import { type BodyFraming, CHUNKED, requestFraming } from "./body-framing.ts";
import type { ByteLoan } from "./byte-loan.ts";
import { OPTION_CLOSE, OPTION_KEEP_ALIVE, OPTION_UPGRADE, readConnectionOptions } from "./connection-options.ts";
import { checkExpectation } from "./expectation.ts";
import type { FieldSection } from "./field-section.ts";
import { EXPECT, UPGRADE } from "./known-fields.ts";
import { headerLimits, type ParserLimits, resolveLimits } from "./limits.ts";
import { type HeadReader, MessageReader, type ParserEvent } from "./message-reader.ts";
import { type RequestHead, RequestHeadRecord } from "./request-head.ts";
import { scanRequestLine } from "./request-line.ts";
import { checkTargetAndHost } from "./request-target.ts";

export interface RequestParserOptions {
  /** What to change of {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<ParserLimits> | undefined;
}

/**
 * Reads the requests of one connection.
 *
 * The caller pulls: `feed` lends bytes, `next` says what was read from them, and not calling `next` is how to pause.
 */
export class RequestParser {
  readonly #reader: MessageReader<RequestHeadRecord>;

  /** @throws {RangeError} A limit is not an integer from 0 to 65536. */
  constructor(options: RequestParserOptions = {}) {
    const limits = resolveLimits(options.limits);
    this.#reader = new MessageReader(new RequestHeadReader(limits), limits, headerLimits(limits));
  }

  /**
   * Lends bytes: they must not change until `next` says `"need-data"` or `retain` is called.
   *
   * @throws {TypeError} The bytes lent before have not all been read: `next` has not said `"need-data"`.
   */
  feed(bytes: Uint8Array): void {
    this.#reader.feed(bytes);
  }

  /** @throws {HttpSyntaxError} The bytes are not acceptable; thrown again by every later call. */
  next(): ParserEvent {
    return this.#reader.next();
  }

  /** The request's head; valid from `"head"` until the `next()` that follows `"end"`. */
  get head(): RequestHead {
    return this.#reader.head;
  }

  /** After `"data"`, until the next call: a view of the lent bytes, not a copy; never empty. */
  get data(): Uint8Array {
    return this.#reader.data;
  }

  /** After `"end"`, until the next call: the trailer section (RFC 9112 §7.1.2), empty when there was none. */
  get trailers(): FieldSection {
    return this.#reader.trailers;
  }

  /** Whether a request has begun that has not ended: if the connection ends now, the request is incomplete (RFC 9112 §8). */
  get midMessage(): boolean {
    return this.#reader.midMessage;
  }

  /**
   * Says that the connection has ended.
   *
   * @throws {HttpSyntaxError} `message-incomplete`: a request has begun that has not ended.
   */
  finish(): void {
    this.#reader.finish();
  }

  /** Ends the loan early: copies the unread bytes, decodes the head, and refers to nothing of the caller's. */
  retain(): void {
    this.#reader.retain();
  }

  /**
   * Gives the current head away: it stays valid for ever and refers to nothing of the caller's. `head` is empty then.
   *
   * @throws {TypeError} There is none: `next` has not said `"head"`, or has gone on behind `"end"`.
   */
  takeHead(): RequestHead {
    return this.#reader.takeHead();
  }

  /** A view of the lent bytes behind what has been read: after `"end"`, what follows an upgrade or CONNECT, untouched. */
  unread(): Uint8Array {
    return this.#reader.unread();
  }
}

class RequestHeadReader implements HeadReader<RequestHeadRecord> {
  readonly maxEmptyLines: number;
  readonly #maxLineBytes: number;

  constructor(limits: ParserLimits) {
    this.maxEmptyLines = limits.maxEmptyLines;
    this.#maxLineBytes = limits.maxRequestLineBytes;
  }

  createHead(): RequestHeadRecord {
    return new RequestHeadRecord();
  }

  scanStartLine(head: RequestHeadRecord, loan: ByteLoan): boolean {
    return scanRequestLine(head, loan, this.#maxLineBytes);
  }

  decide(head: RequestHeadRecord, loan: ByteLoan): BodyFraming {
    const { fields, versionMinor } = head;
    checkTargetAndHost(head, loan);
    const framing = requestFraming(fields, versionMinor, loan);
    head.chunked = framing === CHUNKED;
    head.contentLength = framing === CHUNKED ? undefined : framing;
    const options = readConnectionOptions(fields, loan.start);
    // RFC 9112 §9.3: close ends it; HTTP/1.1 persists; HTTP/1.0 persists when asked to.
    head.keepAlive = (options & OPTION_CLOSE) === 0 && (versionMinor === 1 || (options & OPTION_KEEP_ALIVE) !== 0);
    head.upgrade = versionMinor === 1 && (options & OPTION_UPGRADE) !== 0 && (fields.present & UPGRADE.bit) !== 0;
    // RFC 9110 §10.1.1: an expectation in HTTP/1.0 must be ignored.
    const expects = (fields.present & EXPECT.bit) !== 0 && versionMinor === 1;
    if (expects) checkExpectation(fields, loan);
    head.expectsContinue = expects && framing !== 0;
    return framing;
  }

  /** The server decides whether it takes an upgrade or a CONNECT; until then what follows may be a request. */
  endsHttp(): boolean {
    return false;
  }
}
