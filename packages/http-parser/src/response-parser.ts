/** Bytes into responses: what message-reader.ts does not know. */
import { type BodyFraming, CHUNKED, responseFraming, UNTIL_CLOSE } from "./body-framing.ts";
import type { ByteLoan } from "./byte-loan.ts";
import { OPTION_CLOSE, OPTION_KEEP_ALIVE, readConnectionOptions } from "./connection-options.ts";
import type { FieldSection } from "./field-section.ts";
import { headerLimits, type ParserLimits, resolveLimits } from "./limits.ts";
import { type HeadReader, MessageReader, type ParserEvent } from "./message-reader.ts";
import { type ResponseHead, ResponseHeadRecord } from "./response-head.ts";
import { scanStatusLine } from "./status-line.ts";

export interface ResponseParserOptions {
  /** What to change of {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<ParserLimits> | undefined;
}

/**
 * Reads the responses of one connection, in the order of the requests that they answer.
 *
 * What a response's head means depends on the request (RFC 9112 §6.3), so each request is announced with `expect`
 * when it is sent. Interim responses (1xx) are messages of their own and answer nothing yet.
 *
 * The caller pulls, as with `RequestParser`.
 */
export class ResponseParser {
  readonly #headReader: ResponseHeadReader;
  readonly #reader: MessageReader<ResponseHeadRecord>;

  /** @throws {RangeError} A limit is not an integer from 0 to 65536. */
  constructor(options: ResponseParserOptions = {}) {
    const limits = resolveLimits(options.limits);
    this.#headReader = new ResponseHeadReader(limits);
    this.#reader = new MessageReader(this.#headReader, limits, headerLimits(limits));
  }

  /** Says that a request with this method has been sent, behind those announced before. */
  expect(requestMethod: string): void {
    this.#headReader.requestMethods.push(requestMethod);
  }

  /**
   * Lends bytes: they must not change until `next` says `"need-data"` or `retain` is called.
   *
   * @throws {TypeError} The bytes lent before have not all been read: `next` has not said `"need-data"`.
   */
  feed(bytes: Uint8Array): void {
    this.#reader.feed(bytes);
  }

  /**
   * @throws {HttpSyntaxError} The bytes are not acceptable; thrown again by every later call.
   * @throws {TypeError} The connection was upgraded: what follows is not HTTP, and stands in `unread`.
   */
  next(): ParserEvent {
    return this.#reader.next();
  }

  /** The response's head; valid from `"head"` until the `next()` that follows `"end"`. */
  get head(): ResponseHead {
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

  /** Whether a response has begun that has not ended; also while content is read that ends with the connection. */
  get midMessage(): boolean {
    return this.#reader.midMessage;
  }

  /**
   * Says that the connection has ended. The next `next()` then says `"end"`, if content was read that ends with it.
   *
   * @throws {HttpSyntaxError} `message-incomplete`: any other response has begun that has not ended (RFC 9112 §8).
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
  takeHead(): ResponseHead {
    return this.#reader.takeHead();
  }

  /** A view of the lent bytes behind what has been read: after the `"end"` of an upgrade, the other protocol's, untouched. */
  unread(): Uint8Array {
    return this.#reader.unread();
  }
}

class ResponseHeadReader implements HeadReader<ResponseHeadRecord> {
  /** Only servers are told to skip empty lines (RFC 9112 §2.2). */
  readonly maxEmptyLines = 0;
  /** Of the requests that have not been answered, the oldest first. */
  readonly requestMethods: string[] = [];
  readonly #limits: ParserLimits;
  #interimResponses = 0;
  #upgraded = false;

  constructor(limits: ParserLimits) {
    this.#limits = limits;
  }

  createHead(): ResponseHeadRecord {
    return new ResponseHeadRecord();
  }

  scanStartLine(head: ResponseHeadRecord, loan: ByteLoan): boolean {
    return scanStatusLine(head, loan, this.#limits.maxStatusLineBytes);
  }

  decide(head: ResponseHeadRecord, loan: ByteLoan): BodyFraming {
    const { fields, versionMinor, status } = head;
    const requestMethod = this.#answeredBy(status, loan);
    const framing = responseFraming(fields, versionMinor, status, requestMethod, loan);
    head.chunked = framing === CHUNKED;
    head.untilClose = framing === UNTIL_CLOSE;
    head.contentLength = framing < 0 ? undefined : framing;
    head.interim = status < 200 && status !== 101;
    head.upgrade = status === 101 || (requestMethod === "CONNECT" && status >= 200 && status < 300);
    this.#upgraded = head.upgrade;
    const options = readConnectionOptions(fields, loan.start);
    // RFC 9112 §9.3, and what ends with the connection leaves none.
    const persists = (options & OPTION_CLOSE) === 0 && (versionMinor === 1 || (options & OPTION_KEEP_ALIVE) !== 0);
    head.keepAlive = persists && framing !== UNTIL_CLOSE;
    return framing;
  }

  endsHttp(): boolean {
    return this.#upgraded;
  }

  /** The method of the request that a response with this status answers; a final one answers it for good. */
  #answeredBy(status: number, loan: ByteLoan): string {
    const method = this.requestMethods[0];
    if (method === undefined) throw loan.error("response-unexpected", loan.start);
    if (status >= 200 || status === 101) {
      this.requestMethods.shift();
      this.#interimResponses = 0;
    } else if (++this.#interimResponses > this.#limits.maxInterimResponses) {
      throw loan.overLimit("too-many-interim-responses", loan.start, this.#limits.maxInterimResponses);
    }
    return method;
  }
}
