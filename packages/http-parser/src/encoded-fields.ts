/**
 * Fields into bytes, once: a response that is sent often is encoded when it is made, not when it is sent.
 *
 * What frames a message or manages its connection is decided by whoever writes the head, so those fields are taken
 * out of the lines here. Everything is checked: no value can end its line or begin another.
 */
import { isFieldContent, isToken } from "./field-syntax.ts";

/** What can be encoded: a record, or pairs in order (a `Headers`, a `Map`, a `FieldSection`). */
export type FieldInit =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | Iterable<readonly [name: string, value: string]>;

/**
 * Fields ready to be written. Made by {@link encodeFields} alone, and never changed.
 *
 * Iterating gives what was encoded as `[name, value]`, without the fields that were left out, with Content-Length last.
 */
export class EncodedFields implements Iterable<readonly [name: string, value: string]> {
  /** `Name: value` and CRLF for each field, one character per byte. */
  readonly fieldLines: string;
  /** The Content-Length that was given, in bytes. It is not among the lines: the head encoder writes it. */
  readonly contentLength: number | undefined;
  readonly hasDate: boolean;
  /** Whether `Connection: close` was given. */
  readonly wantsClose: boolean;

  /** @internal */
  constructor(fieldLines: string, contentLength: number | undefined, hasDate: boolean, wantsClose: boolean) {
    this.fieldLines = fieldLines;
    this.contentLength = contentLength;
    this.hasDate = hasDate;
    this.wantsClose = wantsClose;
  }

  *[Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    for (const line of this.fieldLines.split("\r\n")) {
      const colon = line.indexOf(":");
      if (colon > 0) yield [line.slice(0, colon), line.slice(colon + 2)];
    }
    if (this.contentLength !== undefined) yield ["Content-Length", String(this.contentLength)];
  }
}

/** RFC 9110 §7.6.1 and RFC 9112 §6: meant for one connection, so only its owner can say them. */
const CONNECTION_FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Encodes fields.
 *
 * Left out, because the head encoder decides them: Connection, Keep-Alive, Proxy-Connection, TE, Trailer,
 * Transfer-Encoding and Upgrade. Content-Length is taken aside. `undefined` values are skipped.
 *
 * @throws {TypeError} A name is not a token (RFC 9110 §5.1), a value holds a control character or a character beyond
 *         latin1 (RFC 9110 §5.5), or Content-Length is not one decimal number.
 */
export function encodeFields(fields: FieldInit): EncodedFields {
  let fieldLines = "";
  let contentLength: number | undefined;
  let hasDate = false;
  let wantsClose = false;
  for (const [name, value] of pairsOf(fields)) {
    checkField(name, value);
    const lowerCaseName = name.toLowerCase();
    if (lowerCaseName === "content-length") {
      contentLength = encodedLength(value, contentLength);
    } else if (CONNECTION_FIELDS.has(lowerCaseName)) {
      if (lowerCaseName === "connection" && /(^|,)[ \t]*close[ \t]*(,|$)/i.test(value)) wantsClose = true;
    } else {
      if (lowerCaseName === "date") hasDate = true;
      fieldLines += `${name}: ${trimmed(value)}\r\n`;
    }
  }
  return new EncodedFields(fieldLines, contentLength, hasDate, wantsClose);
}

function* pairsOf(fields: FieldInit): Iterable<readonly [name: string, value: string]> {
  if (Symbol.iterator in fields) {
    yield* fields as Iterable<readonly [string, string]>;
    return;
  }
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (typeof value === "string") yield [name, value];
    else for (const one of value) yield [name, one];
  }
}

function checkField(name: string, value: string): void {
  if (!isToken(name))
    throw new TypeError(`Cannot encode fields: expected a token as name, got ${JSON.stringify(name)}`);
  if (typeof value === "string" && isFieldContent(value)) return;
  throw new TypeError(
    `Cannot encode field ${name}: expected latin1 text without control characters, got ${JSON.stringify(value)}`,
  );
}

function encodedLength(value: string, before: number | undefined): number {
  const length = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(length) && before === undefined) return length;
  throw new TypeError(`Cannot encode field Content-Length: expected one decimal number, got ${JSON.stringify(value)}`);
}

/** White space around a value is not part of it (RFC 9112 §5.1); left in, it would not survive a round trip. */
function trimmed(value: string): string {
  return value.replace(/^[ \t]+|[ \t]+$/g, "");
}
