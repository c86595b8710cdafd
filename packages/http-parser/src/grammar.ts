/**
 * The characters of HTTP/1.1, as tables indexed by byte. Each stands under its ABNF rule; a table holds 1 where
 * the rule admits the byte. This file imports nothing.
 */

const HTAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SP = 0x20;
export const COMMA = 0x2c;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const EQUALS = 0x3d;
export const DQUOTE = 0x22;
export const BACKSLASH = 0x5c;

const DIGITS = "0123456789";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~" / DIGIT / ALPHA (RFC 9110 §5.6.2) */
export const TCHAR: Uint8Array = /* @__PURE__ */ byteClass("!#$%&'*+-.^_`|~" + DIGITS + LETTERS);

/**
 * What a request-target may hold before its form is checked: VCHAR without "#" (RFC 9112 §3.2).
 * Browsers send `|`, `^`, `"` and others undecoded in queries, so RFC 3986's narrower set would refuse real traffic;
 * a fragment is never sent, and what follows "#" is where two readers of a URL part ways.
 */
export const TARGET_CHAR: Uint8Array = /* @__PURE__ */ byteRange(0x21, 0x7e, "#");

/** field-vchar / SP / HTAB, with obs-text (RFC 9110 §5.5); also what a reason-phrase may hold (RFC 9112 §4). */
export const FIELD_CONTENT: Uint8Array = /* @__PURE__ */ byteRange(0x20, 0xff, "\x7f", "\t");

/** qdtext = HTAB / SP / %x21 / %x23-5B / %x5D-7E / obs-text (RFC 9110 §5.6.4) */
export const QDTEXT: Uint8Array = /* @__PURE__ */ byteRange(0x20, 0xff, '"\\\x7f', "\t");

/**
 * reg-name without pct-encoded = *( unreserved / sub-delims ) (RFC 3986 §3.2.2), without ",": two Host fields joined
 * by a careless intermediary look like one name with a comma in it.
 */
export const REG_NAME_CHAR: Uint8Array = /* @__PURE__ */ byteClass("-._~!$&'()*+;=" + DIGITS + LETTERS);

/** The value of a HEXDIG, and 255 for any other byte (RFC 5234 §B.1). */
export const HEX_VALUE: Uint8Array = /* @__PURE__ */ hexValues();

/** DIGIT = %x30-39 */
export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** OWS = *( SP / HTAB ) (RFC 9110 §5.6.3) */
export function isWhitespace(byte: number): boolean {
  return byte === SP || byte === HTAB;
}

function byteClass(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (let index = 0; index < characters.length; index++) table[characters.charCodeAt(index)] = 1;
  return table;
}

function byteRange(first: number, last: number, without: string, with_: string = ""): Uint8Array {
  const table = byteClass(with_);
  table.fill(1, first, last + 1);
  for (let index = 0; index < without.length; index++) table[without.charCodeAt(index)] = 0;
  return table;
}

function hexValues(): Uint8Array {
  const table = new Uint8Array(256).fill(255);
  for (let value = 0; value < 16; value++) {
    const digit = value.toString(16);
    table[digit.charCodeAt(0)] = value;
    table[digit.toUpperCase().charCodeAt(0)] = value;
  }
  return table;
}
