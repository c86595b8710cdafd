/**
 * The characters of HTTP/1.1, as classes of bytes. Each stands under its ABNF rule; a table tells which classes a byte
 * belongs to. This file imports nothing.
 */

export const LF = 0x0a;
export const CR = 0x0d;
export const SP = 0x20;
export const SLASH = 0x2f;
export const COLON = 0x3a;

/** tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~" / DIGIT / ALPHA (RFC 9110 §5.6.2) */
export const TCHAR = 1;

/**
 * What a request-target may hold before its form is checked: VCHAR without "#" (RFC 9112 §3.2).
 * Browsers send `|`, `^`, `"` and others undecoded in queries, so RFC 3986's narrower set would refuse real traffic;
 * a fragment is never sent, and what follows "#" is where two readers of a URL part ways.
 */
export const TARGET_CHAR = 2;

/** field-vchar / SP / HTAB, with obs-text (RFC 9110 §5.5); also what a reason-phrase may hold (RFC 9112 §4). */
export const FIELD_CONTENT = 4;

/**
 * reg-name without pct-encoded = *( unreserved / sub-delims ) (RFC 3986 §3.2.2), without ",": two Host fields joined
 * by a careless intermediary look like one name with a comma in it.
 */
export const REG_NAME_CHAR = 8;

/** DIGIT = %x30-39 */
export const DIGIT = 16;
export const DIGIT_0 = 0x30;

/** OWS = *( SP / HTAB ) (RFC 9110 §5.6.3) */
export const WHITESPACE = 32;

/** port = *DIGIT (RFC 3986 §3.2.3), of a number that a port can have. */
export const HIGHEST_PORT = 65_535;
/**
 * Four digits are one, and five that begin below "6": so the bytes from the colon on, times 64, and the first digit come
 * to less than 6 × 64 + 0x36.
 */
export const SAFE_PORT = 438;

/** The lowest visible byte of field content, and the first behind "#" in a target: four times, as `endOfText` takes them. */
export const SP_WORD = 0x20202020;
export const DOLLAR_WORD = 0x24242424;

/** HTTP-version = HTTP-name "/" DIGIT "." DIGIT (RFC 9112 §2.3) */
export const VERSION_BYTES = 8;
/** `HTTP` and `/1.0`, as the words that four bytes make. */
export const WORD_HTTP = 0x50545448;
export const WORD_1_0 = 0x302e312f;
/** `host`. */
export const WORD_HOST = 0x74736f68;

/** Of each byte, the classes that it belongs to. */
export const CLASSES: Uint8Array = /* @__PURE__ */ byteTable((character) =>
  [/[\w!#$%&'*+\-.^`|~]/, /[!"$-~]/, /[\t -~\x80-\xff]/, /[\w\-.~!$&'()*+;=]/, /\d/, /[\t ]/].reduce(
    (classes, pattern, index) => (pattern.test(character) ? classes | (1 << index) : classes),
    0,
  ),
);

/** A number for each byte. */
export function byteTable(valueOf: (character: string) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => valueOf(String.fromCharCode(byte)));
}
