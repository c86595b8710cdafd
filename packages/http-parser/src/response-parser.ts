/** Bytes into responses: what message-reader.ts does not know. */
import { type BodyFraming, CHUNKED, responseFraming, UNTIL_CLOSE } from "./body-framing.ts";
import type { ByteLoan } from "./byte-loan.ts";
import { OPTION_CLOSE, OPTION_KEEP_ALIVE, readConnectionOptions } from "./connection-options.ts";
import { type ParserLimits, resolveLimits } from "./limits.ts";
import { type HeadReader, MessageReader } from "./message-reader.ts";
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
 */
export class ResponseParser extends MessageReader<ResponseHead, ResponseHeadRecord> {
  readonly #requestMethods: string[];

  /** @throws {RangeError} A limit is not an integer from 0 to 65536. */
  constructor(options: ResponseParserOptions = {}) {
    const limits = resolveLimits(options.limits);
    const reader = new ResponseHeadReader(limits);
    super(reader, limits);
    this.#requestMethods = reader.requestMethods;
  }

  /** Says that a request with this method has been sent, behind those announced before. */
  expect(requestMethod: string): void {
    this.#requestMethods.push(requestMethod);
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
