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

/** tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~" / DIGIT / ALPHA (RFC 9110 §5.6.2) */
export const TCHAR: Uint8Array = /* @__PURE__ */ byteClass(/[\w!#$%&'*+\-.^`|~]/);

/**
 * What a request-target may hold before its form is checked: VCHAR without "#" (RFC 9112 §3.2).
 * Browsers send `|`, `^`, `"` and others undecoded in queries, so RFC 3986's narrower set would refuse real traffic;
 * a fragment is never sent, and what follows "#" is where two readers of a URL part ways.
 */
export const TARGET_CHAR: Uint8Array = /* @__PURE__ */ byteClass(/[!"$-~]/);

/** field-vchar / SP / HTAB, with obs-text (RFC 9110 §5.5); also what a reason-phrase may hold (RFC 9112 §4). */
export const FIELD_CONTENT: Uint8Array = /* @__PURE__ */ byteClass(/[\t -~\x80-\xff]/);

/** qdtext = HTAB / SP / %x21 / %x23-5B / %x5D-7E / obs-text (RFC 9110 §5.6.4) */
export const QDTEXT: Uint8Array = /* @__PURE__ */ byteClass(/[\t !#-[\]-~\x80-\xff]/);

/**
 * reg-name without pct-encoded = *( unreserved / sub-delims ) (RFC 3986 §3.2.2), without ",": two Host fields joined
 * by a careless intermediary look like one name with a comma in it.
 */
export const REG_NAME_CHAR: Uint8Array = /* @__PURE__ */ byteClass(/[\w\-.~!$&'()*+;=]/);

/** The value of a HEXDIG, and 255 for any other byte (RFC 5234 §B.1). */
export const HEX_VALUE: Uint8Array = /* @__PURE__ */ byteTable((character) =>
  /[\da-f]/i.test(character) ? parseInt(character, 16) : 255,
);

/** DIGIT = %x30-39 */
export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** OWS = *( SP / HTAB ) (RFC 9110 §5.6.3) */
export function isWhitespace(byte: number): boolean {
  return byte === SP || byte === HTAB;
}

function byteClass(pattern: RegExp): Uint8Array {
  return byteTable((character) => (pattern.test(character) ? 1 : 0));
}

function byteTable(valueOf: (character: string) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => valueOf(String.fromCharCode(byte)));
}
