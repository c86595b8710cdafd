import { responseFraming } from "./body-framing.ts";
import type { BodyFraming } from "./body-lengths.ts";
import { RESPONSE_UNEXPECTED, TOO_MANY_INTERIM_RESPONSES } from "./errors.ts";
import type { ParserLimits } from "./limits.ts";
import { MessageReader, type ParserOptions } from "./message-reader.ts";
import { type ResponseHead, ResponseHeadRecord } from "./response-head.ts";
import { scanStatusLine } from "./status-line.ts";
import { faultAt } from "./window.ts";

export type ResponseParserOptions = ParserOptions;

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
    const responses = new Responses();
    super(
      // Only servers are told to skip empty lines (RFC 9112 §2.2).
      { limits: { ...options.limits, maxEmptyLines: 0 } },
      ResponseHeadRecord,
      scanStatusLine,
      (head, limits) => responses.decide(head, limits),
      () => responses.leave(),
    );
    this.#requestMethods = responses.requestMethods;
  }

  /** Says that a request with this method has been sent, behind those announced before. */
  expect(requestMethod: string): void {
    this.#requestMethods.push(requestMethod);
  }
}

class Responses {
  /** Of the requests that have not been answered, the oldest first. */
  readonly requestMethods: string[] = [];
  #interimResponses = 0;
  #upgraded = false;

  decide(head: ResponseHeadRecord, limits: ParserLimits): BodyFraming {
    const { fields, versionMinor, status } = head;
    const requestMethod = this.#answeredBy(head, limits);
    const framing = responseFraming(fields, versionMinor, status, requestMethod);
    head.upgrade = status === 101 || (requestMethod === "CONNECT" && status >= 200 && status < 300);
    this.#upgraded = head.upgrade;
    return framing;
  }

  leave(): void {
    if (!this.#upgraded) return;
    throw new TypeError("Cannot read a message: expected unread() to be taken after an upgrade");
  }

  /** The method of the request that a response with this status answers; a final one answers it for good. */
  #answeredBy({ status, fields: { start } }: ResponseHeadRecord, { maxInterimResponses }: ParserLimits): string {
    const method = this.requestMethods[0];
    if (method === undefined) throw faultAt(RESPONSE_UNEXPECTED, start);
    if (status >= 200 || status === 101) {
      this.requestMethods.shift();
      this.#interimResponses = 0;
    } else if (++this.#interimResponses > maxInterimResponses) {
      throw faultAt(TOO_MANY_INTERIM_RESPONSES, start, undefined, maxInterimResponses);
    }
    return method;
  }
}
