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
  const encoding: Encoding = { fieldLines: "", contentLength: undefined, hasDate: false, wantsClose: false };
  if (Symbol.iterator in fields) {
    for (const [name, value] of fields as Iterable<readonly [string, string]>) addField(encoding, name, value);
  } else {
    for (const name of Object.keys(fields)) addValues(encoding, name, fields[name]);
  }
  return new EncodedFields(encoding.fieldLines, encoding.contentLength, encoding.hasDate, encoding.wantsClose);
}

type Encoding = { -readonly [Name in "fieldLines" | "contentLength" | "hasDate" | "wantsClose"]: EncodedFields[Name] };

function addValues(encoding: Encoding, name: string, values: string | readonly string[] | undefined): void {
  if (values === undefined) return;
  if (typeof values === "string") addField(encoding, name, values);
  else for (const value of values) addField(encoding, name, value);
}

function addField(encoding: Encoding, name: string, value: string): void {
  const lowerCaseName = lowerCaseToken(name);
  if (typeof value !== "string" || !isFieldContent(value)) {
    throw new TypeError(
      `Cannot encode field ${name}: expected latin1 text without control characters, got ${JSON.stringify(value)}`,
    );
  }
  if (lowerCaseName === "content-length") {
    encoding.contentLength = encodedLength(value, encoding.contentLength);
  } else if (CONNECTION_FIELDS.has(lowerCaseName)) {
    if (lowerCaseName === "connection" && /(^|,)[ \t]*close[ \t]*(,|$)/i.test(value)) encoding.wantsClose = true;
  } else {
    if (lowerCaseName === "date") encoding.hasDate = true;
    encoding.fieldLines += `${name}: ${trimmed(value)}\r\n`;
  }
}

/** Names that were tokens, in lower case. A server uses few. */
const knownNames: Map<string, string> = /* @__PURE__ */ new Map();
const MOST_KNOWN_NAMES = 256;

function lowerCaseToken(name: string): string {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  if (!isToken(name))
    throw new TypeError(`Cannot encode fields: expected a token as name, got ${JSON.stringify(name)}`);
  const lowerCaseName = name.toLowerCase();
  if (knownNames.size < MOST_KNOWN_NAMES) knownNames.set(name, lowerCaseName);
  return lowerCaseName;
}

function encodedLength(value: string, before: number | undefined): number {
  const length = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(length) && before === undefined) return length;
  throw new TypeError(`Cannot encode field Content-Length: expected one decimal number, got ${JSON.stringify(value)}`);
}

const SPACE = 0x20;

/** White space around a value is not part of it (RFC 9112 §5.1); left in, it would not survive a round trip. */
function trimmed(value: string): string {
  if (value.length > 0 && value.charCodeAt(0) > SPACE && value.charCodeAt(value.length - 1) > SPACE) return value;
  return value.replace(/^[ \t]+|[ \t]+$/g, "");
}
