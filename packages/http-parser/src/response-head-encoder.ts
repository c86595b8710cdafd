/**
 * The head of a response as text, one character per byte (latin1). Refuses whatever a strict recipient would refuse,
 * so that no response can be mistaken for two.
 */
import type { EncodedFields } from "./encoded-fields.ts";
import { isFieldContent } from "./field-syntax.ts";
import { reasonPhraseOf } from "./reason-phrase.ts";
import { checkProtocols } from "./upgrade-protocols.ts";

/** How the content is framed; what the head says of it. */
export interface ResponseHeadOptions {
  /** From 100 to 599. */
  readonly status: number;
  /** Default: the phrase of RFC 9110 §15, or an empty one. */
  readonly reasonPhrase?: string | undefined;
  readonly fields?: EncodedFields | undefined;
  /** Value of the Date field, if the fields have none. Default: no Date. */
  readonly date?: string | undefined;
  /**
   * How the content is framed. A number is its length in bytes and becomes Content-Length; `"chunked"` becomes
   * Transfer-Encoding; `"until-close"` says nothing and closes the connection; `"none"` says nothing because there is
   * no content: 1xx, 204, 304, or an answer to HEAD whose length is not known.
   * Default: the Content-Length of `fields`, or `"none"` for 1xx, 204 and 304, or 0.
   */
  readonly framing?: number | "chunked" | "until-close" | "none" | undefined;
  /** The request's minor version (RFC 9112 §2.3). Default 1. To HTTP/1.0, chunked cannot be sent and persistence must be said. */
  readonly versionMinor?: 0 | 1 | undefined;
  /** Whether the connection persists. Default true; never after `"until-close"` or when the fields say `Connection: close`. */
  readonly keepAlive?: boolean | undefined;
  /** The protocol of a 101 (RFC 9110 §7.8): adds Upgrade and the connection option. Only with status 101. */
  readonly upgrade?: string | undefined;
}

/**
 * Formats a status line and field section (RFC 9112 §4, §5), with the empty line that ends them.
 *
 * @returns One character per byte, each below 256.
 * @throws {RangeError} `status` is not an integer from 100 to 599, or a length is not an integer from 0.
 * @throws {TypeError} The framing is not one that the status or the version allows (RFC 9112 §6.1, §6.3), or text
 *         holds a control character or a character beyond latin1.
 */
export function responseHead(options: ResponseHeadOptions): string {
  const { status, fields, date, upgrade, versionMinor = 1 } = options;
  const reasonPhrase = options.reasonPhrase ?? reasonPhraseOf(status);
  const framing = options.framing ?? fields?.contentLength ?? (isBodyless(status) ? "none" : 0);
  checkStatus(status);
  if (options.reasonPhrase !== undefined) checkReasonPhrase(reasonPhrase);
  checkFraming(status, framing, versionMinor, fields?.contentLength);
  let head = `HTTP/1.1 ${status} ${reasonPhrase}\r\n`;
  if (date !== undefined && fields?.hasDate !== true) head += dateLine(date);
  if (fields !== undefined) head += fields.fieldLines;
  if (typeof framing === "number") head += `Content-Length: ${framing}\r\n`;
  else if (framing === "chunked") head += "Transfer-Encoding: chunked\r\n";
  return head + connectionLines(options, framing, versionMinor) + upgradeLines(status, upgrade) + "\r\n";
}

function connectionLines(options: ResponseHeadOptions, framing: unknown, versionMinor: 0 | 1): string {
  if (options.status < 200) return "";
  const close = options.keepAlive === false || options.fields?.wantsClose === true || framing === "until-close";
  if (close) return "Connection: close\r\n";
  // RFC 9112 §9.3: persistence is the default of HTTP/1.1 alone.
  return versionMinor === 0 ? "Connection: keep-alive\r\n" : "";
}

function upgradeLines(status: number, upgrade: string | undefined): string {
  if ((status === 101) !== (upgrade !== undefined)) {
    throw new TypeError(`Cannot encode response head: expected upgrade with status 101 and no other, got ${status}`);
  }
  if (upgrade === undefined) return "";
  checkProtocols(upgrade);
  return `Connection: upgrade\r\nUpgrade: ${upgrade}\r\n`;
}

/** The date checked last: a server gives the same one for a second. */
let checkedDate = "";

function dateLine(date: string): string {
  if (date !== checkedDate && !isFieldContent(date))
    throw new TypeError(`Cannot encode field Date: expected a date, got ${JSON.stringify(date)}`);
  checkedDate = date;
  return `Date: ${date}\r\n`;
}

function checkStatus(status: number): void {
  if (Number.isInteger(status) && status >= 100 && status <= 599) return;
  throw new RangeError(`Cannot encode response head: expected a status from 100 to 599, got ${status}`);
}

function checkReasonPhrase(reasonPhrase: string): void {
  if (isFieldContent(reasonPhrase)) return;
  throw new TypeError(
    `Cannot encode response head: expected a reason phrase without control characters, got ${JSON.stringify(reasonPhrase)}`,
  );
}

/** RFC 9112 §6.3 step 1, as far as the status alone decides. */
function isBodyless(status: number): boolean {
  return status < 200 || status === 204 || status === 304;
}

function checkFraming(status: number, framing: unknown, versionMinor: 0 | 1, given: number | undefined): void {
  if (typeof framing === "number") {
    if (!Number.isSafeInteger(framing) || framing < 0) {
      throw new RangeError(`Cannot encode response head: expected a content length from 0, got ${framing}`);
    }
    if (given !== undefined && given !== framing) {
      throw new TypeError(
        `Cannot encode response head: expected the Content-Length of the fields, ${given}, got ${framing}`,
      );
    }
    // RFC 9110 §8.6: no Content-Length in 1xx and 204; in 304 it tells of the 200 that was not sent.
    if (status >= 200 && status !== 204) return;
  } else if (framing === "none") {
    return;
  } else if (!isBodyless(status)) {
    // RFC 9112 §6.1: a recipient of HTTP/1.0 reads chunk framing as content.
    if (framing === "until-close" || versionMinor === 1) return;
  }
  throw new TypeError(
    `Cannot encode response head: expected framing that status ${status} and HTTP/1.${versionMinor} allow, got ${String(framing)}`,
  );
}
