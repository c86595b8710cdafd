/**
 * The one error of this package and the table of everything it can say. This file imports nothing.
 *
 * A row is: the status a server should answer with, the section that is broken, what could not be done, and what
 * would have been right. The README's table is generated from here.
 */

/** Names what was wrong; stable across versions. */
export type HttpSyntaxErrorCode =
  | "too-many-empty-lines"
  | "bare-cr"
  | "bare-lf"
  | "method-invalid"
  | "target-invalid"
  | "target-form-invalid"
  | "request-line-too-long"
  | "status-line-too-long"
  | "version-invalid"
  | "version-unsupported"
  | "status-code-invalid"
  | "reason-phrase-invalid"
  | "field-name-invalid"
  | "field-name-space"
  | "obs-fold"
  | "field-value-invalid"
  | "field-line-too-long"
  | "field-section-too-long"
  | "too-many-fields"
  | "host-missing"
  | "host-repeated"
  | "host-invalid"
  | "host-mismatch"
  | "content-length-invalid"
  | "content-length-repeated"
  | "content-length-too-large"
  | "transfer-encoding-with-length"
  | "transfer-encoding-invalid"
  | "transfer-coding-unsupported"
  | "transfer-encoding-in-http-1-0"
  | "expectation-unsupported"
  | "chunk-size-invalid"
  | "chunk-size-too-large"
  | "chunk-extension-invalid"
  | "chunk-extension-too-long"
  | "chunk-data-invalid"
  | "trailer-field-forbidden"
  | "response-unexpected"
  | "too-many-interim-responses"
  | "message-incomplete";

/** One row of {@link SYNTAX_ERRORS}: status, section, failed action, what would be right. */
export type SyntaxErrorRow = readonly [status: number, section: string, action: string, wanted: string];

export const SYNTAX_ERRORS: Readonly<Record<HttpSyntaxErrorCode, SyntaxErrorRow>> = {
  "too-many-empty-lines": [400, "RFC 9112 §2.2", "read start line", "a start line after fewer empty lines"],
  "bare-cr": [400, "RFC 9112 §2.2", "read line", "LF after CR"],
  "bare-lf": [400, "RFC 9112 §2.2", "read line", "CR before LF"],
  "method-invalid": [400, "RFC 9112 §3.1", "read method", "a token and one SP"],
  "target-invalid": [400, "RFC 9112 §3.2", "read request-target", "visible ASCII without # and one SP"],
  "target-form-invalid": [
    400,
    "RFC 9112 §3.2",
    "read request-target",
    "the form that the method takes: /path, http://host/path, host:port for CONNECT, * for OPTIONS",
  ],
  "request-line-too-long": [414, "RFC 9112 §3", "read request line", "a shorter line"],
  "status-line-too-long": [400, "RFC 9112 §4", "read status line", "a shorter line"],
  "version-invalid": [400, "RFC 9112 §2.3", "read HTTP version", "HTTP/1.1 or HTTP/1.0 and CRLF"],
  "version-unsupported": [505, "RFC 9110 §15.6.6", "read HTTP version", "HTTP/1.1 or HTTP/1.0"],
  "status-code-invalid": [400, "RFC 9112 §4", "read status line", "SP, three digits from 100 to 599 and SP"],
  "reason-phrase-invalid": [400, "RFC 9112 §4", "read reason phrase", "text without control characters"],
  "field-name-invalid": [400, "RFC 9110 §5.1", "read field line", "a token and a colon"],
  "field-name-space": [400, "RFC 9112 §5.1", "read field line", "a colon directly after the field name"],
  "obs-fold": [400, "RFC 9112 §5.2", "read field line", "a field name, not white space"],
  "field-value-invalid": [400, "RFC 9110 §5.5", "read field line", "a value without control characters"],
  "field-line-too-long": [431, "RFC 6585 §5", "read field line", "a shorter line"],
  "field-section-too-long": [431, "RFC 6585 §5", "read field section", "a shorter section"],
  "too-many-fields": [431, "RFC 6585 §5", "read field section", "fewer fields"],
  "host-missing": [400, "RFC 9112 §3.2", "accept request", "a Host field"],
  "host-repeated": [400, "RFC 9112 §3.2", "accept request", "one Host field"],
  "host-invalid": [400, "RFC 9110 §7.2", "read Host", "a host name or address and at most a port"],
  "host-mismatch": [400, "RFC 9112 §3.2.2", "accept request", "Host to equal the authority of the target"],
  "content-length-invalid": [400, "RFC 9110 §8.6", "read Content-Length", "decimal digits alone"],
  "content-length-repeated": [400, "RFC 9112 §6.3", "frame message", "one Content-Length field"],
  "content-length-too-large": [413, "RFC 9110 §8.6", "read Content-Length", "at most 9007199254740991"],
  "transfer-encoding-with-length": [
    400,
    "RFC 9112 §6.3",
    "frame message",
    "Transfer-Encoding or Content-Length, not both",
  ],
  "transfer-encoding-invalid": [400, "RFC 9112 §6.1", "frame message", "chunked, once and alone"],
  "transfer-coding-unsupported": [501, "RFC 9112 §6.1", "frame message", "no coding other than chunked"],
  "transfer-encoding-in-http-1-0": [400, "RFC 9112 §6.1", "frame message", "no Transfer-Encoding in HTTP/1.0"],
  "expectation-unsupported": [417, "RFC 9110 §10.1.1", "accept request", "100-continue"],
  "chunk-size-invalid": [400, "RFC 9112 §7.1", "read chunk size", "hexadecimal digits and CRLF"],
  "chunk-size-too-large": [413, "RFC 9112 §7.1", "read chunk size", "at most 16 digits and 9007199254740991"],
  "chunk-extension-invalid": [400, "RFC 9112 §7.1.1", "read chunk extension", ";name or ;name=value and CRLF"],
  "chunk-extension-too-long": [400, "RFC 9112 §7.1.1", "read chunk extension", "shorter extensions"],
  "chunk-data-invalid": [400, "RFC 9112 §7.1", "read chunk", "CRLF after the chunk's data"],
  "trailer-field-forbidden": [400, "RFC 9110 §6.5.1", "read trailer section", "no framing or routing field"],
  "response-unexpected": [502, "RFC 9110 §15", "read response", "no response without a request"],
  "too-many-interim-responses": [502, "RFC 9110 §15.2", "read response", "a final response"],
  "message-incomplete": [400, "RFC 9112 §8", "read message", "more bytes before the connection closed"],
};

/**
 * The peer sent bytes that are not an acceptable HTTP/1.x message. The connection cannot be used further: where the
 * next message begins is not known.
 *
 * Recognise it with {@link isHttpSyntaxError} or by `code`: with two copies of this package installed,
 * `instanceof` says false.
 */
export class HttpSyntaxError extends SyntaxError {
  /** What was wrong: a key of the README's table of errors. */
  readonly code: HttpSyntaxErrorCode;
  /** Where, in bytes from the first byte of the connection; the byte that could not be accepted. */
  readonly offset: number;
  /** What a server should answer before it closes: 400, 413, 414, 417, 431, 501 or 505. To a bad response, a gateway answers 502. */
  readonly status: number;
  /** The rule that was broken, as `RFC 9112 §5.1`. */
  readonly section: string;
  /** The limit that was exceeded, for the codes that are about one. */
  readonly maximum: number | undefined;

  /**
   * @param code A key of the table of errors.
   * @param offset In bytes from the first byte of the connection.
   * @param got What stood there, if one byte says it.
   * @param maximum The limit that was exceeded, for the codes that are about a limit.
   */
  constructor(code: HttpSyntaxErrorCode, offset: number, got?: number, maximum?: number) {
    const [status, section, action, wanted] = SYNTAX_ERRORS[code];
    const most = maximum === undefined ? "" : ` (at most ${maximum})`;
    const found = got === undefined ? "" : `, got 0x${got.toString(16).padStart(2, "0")}`;
    super(`Cannot ${action}: expected ${wanted}${most}${found} (byte ${offset}, ${section})`);
    this.code = code;
    this.offset = offset;
    this.status = status;
    this.section = section;
    this.maximum = maximum;
  }

  override get name(): string {
    return "HttpSyntaxError";
  }
}

/** Whether `value` is an {@link HttpSyntaxError}, also when it comes from another copy of this package. */
export function isHttpSyntaxError(value: unknown): value is HttpSyntaxError {
  return value instanceof SyntaxError && value.name === "HttpSyntaxError" && "code" in value;
}
