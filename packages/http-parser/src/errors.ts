/**
 * The one error of this package and the rule that each of its codes is about. This file imports nothing: the sentences
 * that explain the codes stand in explain-syntax-error.ts, so that who embeds a parser need not carry them.
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

/** A code, the RFC and section that is broken, and the status that a server should answer with if it is not 400. */
export type SyntaxErrorRule = `${HttpSyntaxErrorCode} ${number} ${string}`;

// One constant each, so that a bundle holds those alone that its parser can throw.
export const TOO_MANY_EMPTY_LINES: SyntaxErrorRule = "too-many-empty-lines 9112 2.2";
export const BARE_CR: SyntaxErrorRule = "bare-cr 9112 2.2";
export const BARE_LF: SyntaxErrorRule = "bare-lf 9112 2.2";
export const METHOD_INVALID: SyntaxErrorRule = "method-invalid 9112 3.1";
export const TARGET_INVALID: SyntaxErrorRule = "target-invalid 9112 3.2";
export const TARGET_FORM_INVALID: SyntaxErrorRule = "target-form-invalid 9112 3.2";
export const REQUEST_LINE_TOO_LONG: SyntaxErrorRule = "request-line-too-long 9112 3 414";
export const STATUS_LINE_TOO_LONG: SyntaxErrorRule = "status-line-too-long 9112 4";
export const VERSION_INVALID: SyntaxErrorRule = "version-invalid 9112 2.3";
export const VERSION_UNSUPPORTED: SyntaxErrorRule = "version-unsupported 9110 15.6.6 505";
export const STATUS_CODE_INVALID: SyntaxErrorRule = "status-code-invalid 9112 4";
export const REASON_PHRASE_INVALID: SyntaxErrorRule = "reason-phrase-invalid 9112 4";
export const FIELD_NAME_INVALID: SyntaxErrorRule = "field-name-invalid 9110 5.1";
export const FIELD_NAME_SPACE: SyntaxErrorRule = "field-name-space 9112 5.1";
export const OBS_FOLD: SyntaxErrorRule = "obs-fold 9112 5.2";
export const FIELD_VALUE_INVALID: SyntaxErrorRule = "field-value-invalid 9110 5.5";
export const FIELD_LINE_TOO_LONG: SyntaxErrorRule = "field-line-too-long 6585 5 431";
export const FIELD_SECTION_TOO_LONG: SyntaxErrorRule = "field-section-too-long 6585 5 431";
export const TOO_MANY_FIELDS: SyntaxErrorRule = "too-many-fields 6585 5 431";
export const HOST_MISSING: SyntaxErrorRule = "host-missing 9112 3.2";
export const HOST_REPEATED: SyntaxErrorRule = "host-repeated 9112 3.2";
export const HOST_INVALID: SyntaxErrorRule = "host-invalid 9110 7.2";
export const HOST_MISMATCH: SyntaxErrorRule = "host-mismatch 9112 3.2.2";
export const CONTENT_LENGTH_INVALID: SyntaxErrorRule = "content-length-invalid 9110 8.6";
export const CONTENT_LENGTH_REPEATED: SyntaxErrorRule = "content-length-repeated 9112 6.3";
export const CONTENT_LENGTH_TOO_LARGE: SyntaxErrorRule = "content-length-too-large 9110 8.6 413";
export const TRANSFER_ENCODING_WITH_LENGTH: SyntaxErrorRule = "transfer-encoding-with-length 9112 6.3";
export const TRANSFER_ENCODING_INVALID: SyntaxErrorRule = "transfer-encoding-invalid 9112 6.1";
export const TRANSFER_CODING_UNSUPPORTED: SyntaxErrorRule = "transfer-coding-unsupported 9112 6.1 501";
export const TRANSFER_ENCODING_IN_HTTP_1_0: SyntaxErrorRule = "transfer-encoding-in-http-1-0 9112 6.1";
export const EXPECTATION_UNSUPPORTED: SyntaxErrorRule = "expectation-unsupported 9110 10.1.1 417";
export const CHUNK_SIZE_INVALID: SyntaxErrorRule = "chunk-size-invalid 9112 7.1";
export const CHUNK_SIZE_TOO_LARGE: SyntaxErrorRule = "chunk-size-too-large 9112 7.1 413";
export const CHUNK_EXTENSION_INVALID: SyntaxErrorRule = "chunk-extension-invalid 9112 7.1.1";
export const CHUNK_EXTENSION_TOO_LONG: SyntaxErrorRule = "chunk-extension-too-long 9112 7.1.1";
export const CHUNK_DATA_INVALID: SyntaxErrorRule = "chunk-data-invalid 9112 7.1";
export const TRAILER_FIELD_FORBIDDEN: SyntaxErrorRule = "trailer-field-forbidden 9110 6.5.1";
export const RESPONSE_UNEXPECTED: SyntaxErrorRule = "response-unexpected 9110 15 502";
export const TOO_MANY_INTERIM_RESPONSES: SyntaxErrorRule = "too-many-interim-responses 9110 15.2 502";
export const MESSAGE_INCOMPLETE: SyntaxErrorRule = "message-incomplete 9112 8";

/**
 * The peer sent bytes that are not an acceptable HTTP/1.x message. The connection cannot be used further: where the
 * next message begins is not known.
 *
 * Recognise it with {@link isHttpSyntaxError} or by `code`: with two copies of this package installed,
 * `instanceof` says false.
 */
export class HttpSyntaxError extends SyntaxError {
  /** What was wrong: a key of the README's table of errors. */
  declare readonly code: HttpSyntaxErrorCode;
  /** Where, in bytes from the first byte of the connection; the byte that could not be accepted. */
  declare readonly offset: number;
  /** What a server should answer before it closes: 400, 413, 414, 417, 431, 501 or 505. To a bad response, a gateway answers 502. */
  declare readonly status: number;
  /** The rule that was broken, as `RFC 9112 §5.1`. */
  declare readonly section: string;
  /** The byte that stood there, if it says what was wrong. */
  declare readonly got: number | undefined;
  /** The limit that was exceeded, for the codes that are about one. */
  declare readonly maximum: number | undefined;

  /**
   * @param rule As `version-unsupported 9110 15.6.6 505`.
   * @param offset In bytes from the first byte of the connection.
   * @param got What stood there, if one byte says it.
   * @param maximum The limit that was exceeded, for the codes that are about a limit.
   */
  constructor(rule: SyntaxErrorRule, offset: number, got?: number, maximum?: number) {
    const [code, rfc, number, status = 400] = rule.split(" ") as [HttpSyntaxErrorCode, ...string[]];
    const section = `RFC ${rfc} §${number}`;
    super(`Cannot read message: ${code} (byte ${offset}, ${section})`);
    Object.assign(this, { code, offset, status: +status, section, got, maximum });
  }

  override get name(): string {
    return "HttpSyntaxError";
  }
}

/** Whether `value` is an {@link HttpSyntaxError}, also when it comes from another copy of this package. */
export function isHttpSyntaxError(value: unknown): value is HttpSyntaxError {
  return value instanceof SyntaxError && value.name === "HttpSyntaxError" && "code" in value;
}
