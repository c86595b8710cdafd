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

/** A code, the section that is broken, its RFC if not 9112, and the status that a server should answer with if not 400. */
type RuleText = `${HttpSyntaxErrorCode} ${number}${string}`;

/** A rule that responses alone can break, or the number of one of `REQUEST_RULES`. */
export type SyntaxErrorRule = RuleText | number;

// Each with its place in the list.
export const TOO_MANY_EMPTY_LINES = 0;
export const BARE_CR = 1;
export const BARE_LF = 2;
export const METHOD_INVALID = 3;
export const TARGET_INVALID = 4;
export const TARGET_FORM_INVALID = 5;
export const REQUEST_LINE_TOO_LONG = 6;
export const VERSION_INVALID = 7;
export const VERSION_UNSUPPORTED = 8;
export const FIELD_NAME_INVALID = 9;
export const FIELD_NAME_SPACE = 10;
export const OBS_FOLD = 11;
export const FIELD_VALUE_INVALID = 12;
export const FIELD_LINE_TOO_LONG = 13;
export const FIELD_SECTION_TOO_LONG = 14;
export const TOO_MANY_FIELDS = 15;
export const HOST_MISSING = 16;
export const HOST_REPEATED = 17;
export const HOST_INVALID = 18;
export const HOST_MISMATCH = 19;
export const CONTENT_LENGTH_INVALID = 20;
export const CONTENT_LENGTH_REPEATED = 21;
export const CONTENT_LENGTH_TOO_LARGE = 22;
export const TRANSFER_ENCODING_WITH_LENGTH = 23;
export const TRANSFER_ENCODING_INVALID = 24;
export const TRANSFER_CODING_UNSUPPORTED = 25;
export const TRANSFER_ENCODING_IN_HTTP_1_0 = 26;
export const EXPECTATION_UNSUPPORTED = 27;
export const CHUNK_SIZE_INVALID = 28;
export const CHUNK_SIZE_TOO_LARGE = 29;
export const CHUNK_EXTENSION_INVALID = 30;
export const CHUNK_EXTENSION_TOO_LONG = 31;
export const CHUNK_DATA_INVALID = 32;
export const TRAILER_FIELD_FORBIDDEN = 33;
export const MESSAGE_INCOMPLETE = 34;

/** What somebody can break who is read as a request. In one list, since a constant for each would cost a bundle 90 bytes. */
const REQUEST_RULES: readonly RuleText[] = [
  "too-many-empty-lines 2.2",
  "bare-cr 2.2",
  "bare-lf 2.2",
  "method-invalid 3.1",
  "target-invalid 3.2",
  "target-form-invalid 3.2",
  "request-line-too-long 3 9112 414",
  "version-invalid 2.3",
  "version-unsupported 15.6.6 9110 505",
  "field-name-invalid 5.1 9110",
  "field-name-space 5.1",
  "obs-fold 5.2",
  "field-value-invalid 5.5 9110",
  "field-line-too-long 5 6585 431",
  "field-section-too-long 5 6585 431",
  "too-many-fields 5 6585 431",
  "host-missing 3.2",
  "host-repeated 3.2",
  "host-invalid 7.2 9110",
  "host-mismatch 3.2.2",
  "content-length-invalid 8.6 9110",
  "content-length-repeated 6.3",
  "content-length-too-large 8.6 9110 413",
  "transfer-encoding-with-length 6.3",
  "transfer-encoding-invalid 6.1",
  "transfer-coding-unsupported 6.1 9112 501",
  "transfer-encoding-in-http-1-0 6.1",
  "expectation-unsupported 10.1.1 9110 417",
  "chunk-size-invalid 7.1",
  "chunk-size-too-large 7.1 9112 413",
  "chunk-extension-invalid 7.1.1",
  "chunk-extension-too-long 7.1.1",
  "chunk-data-invalid 7.1",
  "trailer-field-forbidden 6.5.1 9110",
  "message-incomplete 8",
];

// One constant each, so that who reads requests alone need not carry them.
export const STATUS_LINE_TOO_LONG: SyntaxErrorRule = "status-line-too-long 4";
export const STATUS_CODE_INVALID: SyntaxErrorRule = "status-code-invalid 4";
export const REASON_PHRASE_INVALID: SyntaxErrorRule = "reason-phrase-invalid 4";
export const RESPONSE_UNEXPECTED: SyntaxErrorRule = "response-unexpected 15 9110 502";
export const TOO_MANY_INTERIM_RESPONSES: SyntaxErrorRule = "too-many-interim-responses 15.2 9110 502";

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
   * @param rule One of the constants above.
   * @param offset In bytes from the first byte of the connection.
   * @param got What stood there, if one byte says it.
   * @param maximum The limit that was exceeded, for the codes that are about a limit.
   */
  constructor(rule: SyntaxErrorRule, offset: number, got?: number, maximum?: number) {
    const text = REQUEST_RULES[rule as number] ?? (rule as RuleText);
    const [code, number, rfc = 9112, status = 400] = text.split(" ") as [HttpSyntaxErrorCode, ...string[]];
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
