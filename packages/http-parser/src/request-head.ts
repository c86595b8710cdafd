/** The head of a request: what the scanners found in the request line and what the framing fields mean together. */
import type { FieldSection } from "./field-section.ts";
import { hasOption, persists } from "./connection-options.ts";
import { MessageHeadRecord } from "./message-head.ts";

/**
 * The head of one request. Strings are decoded when they are read.
 *
 * Valid from the `next()` that said `"head"` until the `next()` after the one that said `"end"`; from then on it is
 * empty, or tells of the next message. A head from `takeHead()` is valid for ever.
 */
export interface RequestHead {
  /** As sent; methods are case-sensitive (RFC 9110 §9.1). */
  readonly method: string;
  /** As sent: its form is one that the method takes (RFC 9112 §3.2). */
  readonly target: string;
  /** 1 for HTTP/1.1 and 0 for HTTP/1.0; there are no others. */
  readonly versionMinor: 0 | 1;
  readonly fields: FieldSection;
  /** Bytes of content; 0 when there is none, `undefined` when it comes in chunks (RFC 9112 §6.3). */
  readonly contentLength: number | undefined;
  /** Whether the content comes in chunks (RFC 9112 §7.1). */
  readonly chunked: boolean;
  /** Whether the sender lets the connection persist after the response (RFC 9112 §9.3). */
  readonly keepAlive: boolean;
  /** Whether the sender waits for 100 (Continue) before it sends the content; never without content or in HTTP/1.0 (RFC 9110 §10.1.1). */
  readonly expectsContinue: boolean;
  /** Whether Upgrade and the connection option `upgrade` were both sent, in HTTP/1.1 (RFC 9110 §7.8). */
  readonly upgrade: boolean;
}

export class RequestHeadRecord extends MessageHeadRecord implements RequestHead {
  /** Window indexes behind the method and behind the target, which begins behind one SP. */
  methodEnd = 0;
  targetEnd = 0;

  // A slice of text costs less than keeping one: an old object that is made to refer to a new string is entered in the
  // collector's list of such objects.
  get method(): string {
    return this.fields.slice(this.fields.start, this.methodEnd);
  }

  get target(): string {
    return this.fields.slice(this.methodEnd + 1, this.targetEnd);
  }

  get keepAlive(): boolean {
    return persists(this);
  }

  // There is no other expectation: see expectation.ts.
  get expectsContinue(): boolean {
    return this.versionMinor === 1 && this.framing !== 0 && this.fields.has("expect");
  }

  get upgrade(): boolean {
    return this.versionMinor === 1 && hasOption(this.fields, "upgrade") && this.fields.has("upgrade");
  }
}
