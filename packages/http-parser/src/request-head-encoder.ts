/**
 * The head of a request as text, one character per byte (latin1).
 *
 * What was written is read again by this package's own parser before it is handed out, so that nothing leaves that a
 * strict server would refuse: a target in the wrong form, a Host that is missing or differs, more fields than is usual.
 */
import type { EncodedFields } from "./encoded-fields.ts";
import { isHttpSyntaxError } from "./errors.ts";
import { explainSyntaxError } from "./explain-syntax-error.ts";
import { isFieldContent } from "./field-syntax.ts";
import { RequestParser } from "./request-parser.ts";
import { checkProtocols } from "./upgrade-protocols.ts";

/** How the content is framed; what the head says of it. */
export interface RequestHeadOptions {
  /** A token, in the case that the server knows (RFC 9110 §9.1). */
  readonly method: string;
  /** In the form that the method takes (RFC 9112 §3.2). */
  readonly target: string;
  /** The authority of the target (RFC 9110 §7.2), unless the fields hold a Host. */
  readonly host?: string | undefined;
  readonly fields?: EncodedFields | undefined;
  /**
   * A number is the length of the content in bytes and becomes Content-Length; `"chunked"` becomes Transfer-Encoding;
   * `"none"` says nothing, which means no content (RFC 9112 §6.3, step 7).
   * Default: the Content-Length of `fields`, or `"none"`.
   */
  readonly framing?: number | "chunked" | "none" | undefined;
  /** Whether the connection persists. Default true, unless the fields say `Connection: close`. */
  readonly keepAlive?: boolean | undefined;
  /** Whether to wait for 100 (Continue) before the content is sent (RFC 9110 §10.1.1). Default false; needs content. */
  readonly expectContinue?: boolean | undefined;
  /** The protocol to change to (RFC 9110 §7.8): adds Upgrade and the connection option. */
  readonly upgrade?: string | undefined;
}

/**
 * Formats a request line and field section (RFC 9112 §3, §5) of HTTP/1.1, with the empty line that ends them.
 *
 * @returns One character per byte, each below 256.
 * @throws {TypeError} The result would not be read as exactly this one head; the message says why.
 * @throws {RangeError} `framing` is a number but not an integer from 0.
 */
export function requestHead(options: RequestHeadOptions): string {
  const { method, target, host, fields } = options;
  const framing = options.framing ?? fields?.contentLength ?? "none";
  let head = `${method} ${target} HTTP/1.1\r\n`;
  // RFC 9110 §7.2: Host should come first.
  if (host !== undefined) head += hostLine(host);
  if (fields !== undefined) head += fields.fieldLines;
  head += framingLine(framing, fields?.contentLength) + connectionLines(options);
  if (options.expectContinue === true && (framing === 0 || framing === "none")) {
    throw new TypeError(`Cannot encode request head: expected content to wait with, got framing ${framing}`);
  }
  if (options.expectContinue === true) head += "Expect: 100-continue\r\n";
  head += "\r\n";
  checkHead(head, options, framing);
  return head;
}

function hostLine(host: string): string {
  if (isFieldContent(host)) return `Host: ${host}\r\n`;
  throw new TypeError(`Cannot encode request head: expected a host, got ${JSON.stringify(host)}`);
}

function framingLine(framing: number | "chunked" | "none", given: number | undefined): string {
  if (given !== undefined && framing !== given) {
    throw new TypeError(
      `Cannot encode request head: expected the Content-Length of the fields, ${given}, got ${framing}`,
    );
  }
  if (framing === "none") return "";
  if (framing === "chunked") return "Transfer-Encoding: chunked\r\n";
  if (Number.isSafeInteger(framing) && framing >= 0) return `Content-Length: ${framing}\r\n`;
  throw new RangeError(`Cannot encode request head: expected a content length from 0, got ${framing}`);
}

function connectionLines({ upgrade, keepAlive, fields }: RequestHeadOptions): string {
  const close = keepAlive === false || fields?.wantsClose === true;
  if (upgrade === undefined) return close ? "Connection: close\r\n" : "";
  checkProtocols(upgrade);
  return `Connection: ${close ? "close, " : ""}upgrade\r\nUpgrade: ${upgrade}\r\n`;
}

/** Limits that no field section of ours should reach are not the point here; those of the peer are not known. */
const CHECK_LIMITS = {
  maxRequestLineBytes: 65_536,
  maxFieldLineBytes: 65_536,
  maxFieldSectionBytes: 65_536,
  maxFieldCount: 65_536,
};

function checkHead(
  head: string,
  { method, target, expectContinue, upgrade }: RequestHeadOptions,
  framing: unknown,
): void {
  const parser = new RequestParser({ limits: CHECK_LIMITS });
  parser.feed(Uint8Array.from(head, (character) => character.charCodeAt(0)));
  const read = readHead(parser);
  const same =
    read === "head" &&
    parser.unread().length === 0 &&
    parser.head.method === method &&
    parser.head.target === target &&
    parser.head.upgrade === (upgrade !== undefined) &&
    parser.head.chunked === (framing === "chunked") &&
    parser.head.expectsContinue === (expectContinue === true);
  if (!same) throw new TypeError(`Cannot encode request head: expected one head, got ${JSON.stringify(head)}`);
}

function readHead(parser: RequestParser): string {
  try {
    return parser.next();
  } catch (error) {
    if (!isHttpSyntaxError(error)) throw error;
    throw new TypeError(`Cannot encode request head: ${explainSyntaxError(error)}`, { cause: error });
  }
}
