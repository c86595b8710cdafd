const EXPECTATIONS = {
  "bad-type": "a type of token characters followed by /",
  "bad-subtype": "a subtype of token characters",
  "bad-separator": "; before the next parameter",
  "bad-parameter-name": "a parameter name of token characters followed by =",
  "bad-parameter-value": "a token or a quoted string after =",
  "bad-quoted-string": "a quoted string of printable characters, closed by a double quote",
  "duplicate-parameter": "each parameter name once",
} as const;

/** What is wrong with a `Content-Type` field value. Stable: switch on it. */
export type ContentTypeErrorCode = keyof typeof EXPECTATIONS;

/** A `Content-Type` field value that RFC 9110 §8.3.1 does not allow. Recognise it with {@link isContentTypeSyntaxError}. */
export class ContentTypeSyntaxError extends SyntaxError {
  static {
    this.prototype.name = "ContentTypeSyntaxError";
  }
  readonly code: ContentTypeErrorCode;
  /** Where reading stopped: an index into the field value; its length when the value ends too early. */
  readonly offset: number;

  constructor(code: ContentTypeErrorCode, fieldValue: string, offset: number) {
    const got = offset < fieldValue.length ? JSON.stringify(fieldValue[offset]) : "the end";
    const quoted = JSON.stringify(fieldValue.length > 80 ? `${fieldValue.slice(0, 80)}…` : fieldValue);
    super(`Cannot parse Content-Type ${quoted}: expected ${EXPECTATIONS[code]}, got ${got} (offset ${offset})`);
    this.code = code;
    this.offset = offset;
  }
}

/** Whether `value` is a {@link ContentTypeSyntaxError}, also one of another installed copy of this package. */
export function isContentTypeSyntaxError(value: unknown): value is ContentTypeSyntaxError {
  return value instanceof Error && value.name === "ContentTypeSyntaxError" && "code" in value && "offset" in value;
}
