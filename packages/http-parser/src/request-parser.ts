/** Bytes into requests: what message-reader.ts does not know. */
import { declaredFraming } from "./body-framing.ts";
import type { BodyFraming } from "./body-lengths.ts";
import { checkExpectation } from "./expectation.ts";
import { CONTENT_TAGS } from "./field-bounds.ts";
import { MessageReader, type ParserOptions } from "./message-reader.ts";
import { type RequestHead, RequestHeadRecord } from "./request-head.ts";
import { scanRequestLine } from "./request-line.ts";
import { checkTargetAndHost } from "./request-target.ts";

export type RequestParserOptions = ParserOptions;

/** Reads the requests of one connection. */
export class RequestParser extends MessageReader<RequestHead, RequestHeadRecord> {
  /** @throws {RangeError} A limit is not an integer from 0 to 65536. */
  constructor(options: RequestParserOptions = {}) {
    super(options, RequestHeadRecord, scanRequestLine, decide);
  }
}

// Nothing is done when a request is left: the server decides whether it takes an upgrade or a CONNECT, and until then
// what follows may be a request.
function decide(head: RequestHeadRecord): BodyFraming {
  const { fields, versionMinor } = head;
  checkTargetAndHost(head);
  if ((fields.tags & CONTENT_TAGS) === 0) return 0;
  const framing = declaredFraming(fields, versionMinor, 0);
  // RFC 9110 §10.1.1: an expectation in HTTP/1.0 must be ignored.
  if (versionMinor === 1) checkExpectation(fields);
  return framing;
}
