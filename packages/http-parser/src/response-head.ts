/** The head of a response: what the scanner found in the status line and what the framing fields mean together. */
import type { FieldSection } from "./field-section.ts";
import { UNTIL_CLOSE } from "./body-lengths.ts";
import { persists } from "./connection-options.ts";
import { MessageHeadRecord } from "./message-head.ts";

/**
 * The head of one response. Strings are decoded when they are read.
 *
 * Valid as long as a `RequestHead` is: from `"head"` until the `next()` that follows `"end"`, or for ever from `takeHead()`.
 */
export interface ResponseHead {
  /** From 100 to 599 (RFC 9110 §15). */
  readonly status: number;
  /** As sent, one character per byte; may be empty (RFC 9112 §4). */
  readonly reasonPhrase: string;
  /** 1 for HTTP/1.1 and 0 for HTTP/1.0; there are no others. */
  readonly versionMinor: 0 | 1;
  readonly fields: FieldSection;
  /** Bytes of content that follow: 0 when there are none, `undefined` when only their end tells (RFC 9112 §6.3). */
  readonly contentLength: number | undefined;
  /** Whether the content comes in chunks (RFC 9112 §7.1). */
  readonly chunked: boolean;
  /** Whether the content ends with the connection (RFC 9112 §6.3, step 8). */
  readonly untilClose: boolean;
  /** Whether another response may follow on the connection (RFC 9112 §9.3). */
  readonly keepAlive: boolean;
  /** Whether this is not yet the answer: 1xx, except 101 (RFC 9110 §15.2). */
  readonly interim: boolean;
  /** Whether the bytes behind this head are another protocol's: 101, or 2xx to CONNECT (RFC 9110 §7.8, §9.3.6). */
  readonly upgrade: boolean;
}

export class ResponseHeadRecord extends MessageHeadRecord implements ResponseHead {
  status = 0;
  upgrade = false;

  /** Behind `HTTP/1.1 200 `, up to the CRLF before the fields. */
  get reasonPhrase(): string {
    const start = this.fields.start + REASON_START;
    return this.fields.slice(start, Math.max(start, this.fields.fieldsStart - 2));
  }

  get untilClose(): boolean {
    return this.framing === UNTIL_CLOSE;
  }

  // What ends with the connection leaves none.
  get keepAlive(): boolean {
    return !this.untilClose && persists(this);
  }

  get interim(): boolean {
    return this.status < 200 && this.status !== 101;
  }
}

/** Bytes of HTTP-version SP status-code SP. */
export const REASON_START = 13;
