/** Bytes into requests: what message-reader.ts does not know. */
import { type BodyFraming, CHUNKED, requestFraming } from "./body-framing.ts";
import type { ByteLoan } from "./byte-loan.ts";
import { OPTION_CLOSE, OPTION_KEEP_ALIVE, OPTION_UPGRADE, readConnectionOptions } from "./connection-options.ts";
import { checkExpectation } from "./expectation.ts";
import { EXPECT, UPGRADE } from "./known-fields.ts";
import { type ParserLimits, resolveLimits } from "./limits.ts";
import { type HeadReader, MessageReader } from "./message-reader.ts";
import { type RequestHead, RequestHeadRecord } from "./request-head.ts";
import { scanRequestLine } from "./request-line.ts";
import { checkTargetAndHost } from "./request-target.ts";

export interface RequestParserOptions {
  /** What to change of {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<ParserLimits> | undefined;
}

/** Reads the requests of one connection. */
export class RequestParser extends MessageReader<RequestHead, RequestHeadRecord> {
  /** @throws {RangeError} A limit is not an integer from 0 to 65536. */
  constructor(options: RequestParserOptions = {}) {
    const limits = resolveLimits(options.limits);
    super(new RequestHeadReader(limits), limits);
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
