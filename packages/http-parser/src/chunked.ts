/**
 * chunked-body = *chunk last-chunk trailer-section CRLF (RFC 9112 §7.1), up to the last-chunk's CRLF; the trailer
 * section is a field section. Its grammar outside the data, as a table: it may stop at any byte.
 *
 * chunk      = chunk-size [ chunk-ext ] CRLF chunk-data CRLF
 * chunk-size = 1*HEXDIG
 * chunk-ext  = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] ) (RFC 9112 §7.1.1)
 */
import { CHUNK_COLUMNS, DATA_CR, DATA_LF, LINE_LF, SIZE, SIZE_START } from "./chunk-states.ts";
import {
  BARE_CR,
  BARE_LF,
  CHUNK_DATA_INVALID,
  CHUNK_EXTENSION_INVALID,
  CHUNK_SIZE_INVALID,
  type SyntaxErrorRule,
} from "./errors.ts";
import { byteTable, LF } from "./grammar.ts";

/** Column of the table: the first group that a byte belongs to, and 0 for none. */
const COLUMN_OF: Uint8Array = /* @__PURE__ */ byteTable((character) =>
  (
    /([\da-f])|([\w!#$%&'*+\-.^`|~])|([\t ])|(;)|(=)|(")|(\\)|(\r)|(\n)|([!-~\x80-\xff])/i.exec(character) ?? [
      character,
    ]
  ).lastIndexOf(character),
);

/** The state behind each byte in each state, as hexadecimal digits. */
const NEXT_STATES: Uint8Array = /* @__PURE__ */ Uint8Array.from(
  // none, digit, token, white space, then ; = " \ CR LF, then other text
  "f1fffffffff" + // 0 the first digit of a size
    "f1f56fff2ff" + // 1 size
    "fffffffff0f" + // 2 the LF that ends the line
    "ffffffff4ff" + // 3 the CRLF behind chunk-data
    "fffffffff0f" + // 4
    "fff56ffffff" + // 5 BWS before ";"
    "f776fffffff" + // 6 BWS or the first byte of a name
    "f77869ff2ff" + // 7 a name
    "fff869fffff" + // 8 BWS before "=" or ";"
    "faa9ffbffff" + // 9 BWS or the first byte of a value
    "faa56fff2ff" + // a a token
    "fbbbbbdcffb" + // b quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE (RFC 9110 §5.6.4)
    "fbbbbbbbffb" + // c the second byte of a quoted-pair
    "fff56fff2ff", //  d behind a quoted-string
  (digit) => parseInt(digit, 16),
);

/** The state behind `byte`, or `WRONG`. */
export function nextChunkState(state: number, byte: number): number {
  return NEXT_STATES[state * CHUNK_COLUMNS + COLUMN_OF[byte]!]!;
}

/** The rule that `byte` breaks. */
export function brokenChunkRule(state: number, byte: number): SyntaxErrorRule {
  if (state === LINE_LF) return BARE_CR;
  if (state === DATA_CR || state === DATA_LF) return CHUNK_DATA_INVALID;
  if (byte === LF && state !== SIZE_START) return BARE_LF;
  return state <= SIZE ? CHUNK_SIZE_INVALID : CHUNK_EXTENSION_INVALID;
}
