/**
 * chunked-body = *chunk last-chunk trailer-section CRLF (RFC 9112 §7.1), up to the last-chunk's CRLF; the trailer
 * section is a field section. Read in the lent chunk itself, byte by byte outside the data, so it may stop anywhere.
 *
 * chunk      = chunk-size [ chunk-ext ] CRLF chunk-data CRLF
 * chunk-size = 1*HEXDIG
 * chunk-ext  = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] ) (RFC 9112 §7.1.1)
 */
import type { ByteLoan } from "./byte-loan.ts";
import {
  BACKSLASH,
  CR,
  DQUOTE,
  EQUALS,
  FIELD_CONTENT,
  HEX_VALUE,
  isWhitespace,
  LF,
  QDTEXT,
  SEMICOLON,
  TCHAR,
} from "./grammar.ts";
import type { ParserLimits } from "./limits.ts";

/** What the framing between chunk-data is waiting for. */
const SIZE = 0;
/** The LF that ends the line. */
const LINE_LF = 1;
/** The CRLF behind chunk-data. */
const DATA_CR = 2;
const DATA_LF = 3;
/** BWS before ";". */
const BEFORE_SEMICOLON = 4;
/** BWS or the first byte of a name. */
const BEFORE_NAME = 5;
const NAME = 6;
/** BWS before "=" or ";". */
const AFTER_NAME = 7;
/** BWS or the first byte of a value. */
const BEFORE_VALUE = 8;
const TOKEN_VALUE = 9;
const QUOTED_VALUE = 10;
const QUOTED_PAIR = 11;
const AFTER_QUOTED = 12;

/** Beyond this a shift would lose digits; 16 digits is what a 64-bit reader takes. */
const MOST_DIGITS = 16;

/** Where reading stopped: more bytes are needed, chunk-data follows, or the last-chunk's line is complete. */
export type ChunkProgress = "need-data" | "data" | "last";

export class ChunkReader {
  /** Bytes of the current chunk's data that are still to come; 0 outside chunk-data. */
  remaining = 0;
  #state = SIZE;
  #size = 0;
  #digits = 0;
  #extensionBytes = 0;
  #extensionTotal = 0;

  begin(): void {
    this.#state = SIZE;
    this.remaining = 0;
    this.#size = 0;
    this.#digits = 0;
    this.#extensionBytes = 0;
    this.#extensionTotal = 0;
  }

  /** Call when `remaining` bytes of data have been read: their CRLF comes next. */
  endData(): void {
    this.#state = DATA_CR;
  }

  /** Reads chunk framing up to the next byte of data or the end of the last-chunk's line. */
  read(loan: ByteLoan, limits: ParserLimits): ChunkProgress {
    const { chunk } = loan;
    let at = loan.cursor;
    for (; at < chunk.length; at++) {
      const byte = chunk[at]!;
      const state = this.#state;
      if (state === SIZE) {
        const value = HEX_VALUE[byte]!;
        if (value > 15) this.#endSize(byte, at, loan, limits);
        else this.#addDigit(value, at, loan);
      } else if (state === LINE_LF) {
        if (byte !== LF) throw loan.unexpectedInChunk("bare-cr", at);
        loan.cursor = at + 1;
        return this.#beginData();
      } else if (state === DATA_CR) {
        if (byte !== CR) throw loan.unexpectedInChunk("chunk-data-invalid", at);
        this.#state = DATA_LF;
      } else if (state === DATA_LF) {
        if (byte !== LF) throw loan.unexpectedInChunk("chunk-data-invalid", at);
        this.#state = SIZE;
      } else {
        this.#readExtension(byte, at, loan, limits);
      }
    }
    loan.cursor = at;
    return "need-data";
  }

  #beginData(): ChunkProgress {
    this.remaining = this.#size;
    this.#size = 0;
    this.#digits = 0;
    this.#extensionBytes = 0;
    return this.remaining === 0 ? "last" : "data";
  }

  #addDigit(value: number, at: number, loan: ByteLoan): void {
    this.#digits++;
    this.#size = this.#size * 16 + value;
    if (this.#digits > MOST_DIGITS || this.#size > Number.MAX_SAFE_INTEGER) {
      throw loan.overLimitInChunk("chunk-size-too-large", at, Number.MAX_SAFE_INTEGER);
    }
  }

  #endSize(byte: number, at: number, loan: ByteLoan, limits: ParserLimits): void {
    if (this.#digits === 0) throw loan.unexpectedInChunk("chunk-size-invalid", at);
    if (byte === CR) {
      this.#state = LINE_LF;
      return;
    }
    if (byte === SEMICOLON) this.#state = BEFORE_NAME;
    else if (isWhitespace(byte)) this.#state = BEFORE_SEMICOLON;
    else throw loan.unexpectedInChunk(byte === LF ? "bare-lf" : "chunk-size-invalid", at);
    this.#countExtension(at, loan, limits);
  }

  #readExtension(byte: number, at: number, loan: ByteLoan, limits: ParserLimits): void {
    const next = nextExtensionState(this.#state, byte);
    if (next < 0) throw loan.unexpectedInChunk(byte === LF ? "bare-lf" : "chunk-extension-invalid", at);
    this.#state = next;
    if (next !== LINE_LF) this.#countExtension(at, loan, limits);
  }

  #countExtension(at: number, loan: ByteLoan, limits: ParserLimits): void {
    if (++this.#extensionBytes > limits.maxChunkExtensionBytes) {
      throw loan.overLimitInChunk("chunk-extension-too-long", at, limits.maxChunkExtensionBytes);
    }
    if (++this.#extensionTotal > limits.maxChunkExtensionTotalBytes) {
      throw loan.overLimitInChunk("chunk-extension-too-long", at, limits.maxChunkExtensionTotalBytes);
    }
  }
}

/** The state after `byte`, or -1 when the grammar has no such byte there. */
function nextExtensionState(state: number, byte: number): number {
  switch (state) {
    case BEFORE_SEMICOLON:
      return isWhitespace(byte) ? state : afterPart(byte, -1);
    case BEFORE_NAME:
      if (isWhitespace(byte)) return state;
      return TCHAR[byte] === 1 ? NAME : -1;
    case NAME:
      if (TCHAR[byte] === 1) return NAME;
      if (isWhitespace(byte)) return AFTER_NAME;
      return byte === EQUALS ? BEFORE_VALUE : afterPart(byte, LINE_LF);
    case AFTER_NAME:
      if (isWhitespace(byte)) return state;
      return byte === EQUALS ? BEFORE_VALUE : afterPart(byte, -1);
    case BEFORE_VALUE:
      if (isWhitespace(byte)) return state;
      if (byte === DQUOTE) return QUOTED_VALUE;
      return TCHAR[byte] === 1 ? TOKEN_VALUE : -1;
    case TOKEN_VALUE:
      return TCHAR[byte] === 1 ? state : betweenParts(byte);
    case QUOTED_VALUE:
      if (byte === DQUOTE) return AFTER_QUOTED;
      if (byte === BACKSLASH) return QUOTED_PAIR;
      return QDTEXT[byte] === 1 ? state : -1;
    case QUOTED_PAIR:
      return FIELD_CONTENT[byte] === 1 ? QUOTED_VALUE : -1;
    default:
      return betweenParts(byte);
  }
}

function betweenParts(byte: number): number {
  return isWhitespace(byte) ? BEFORE_SEMICOLON : afterPart(byte, LINE_LF);
}

/** ";" begins the next extension; CR ends the line, unless white space that belongs to nothing stands before it. */
function afterPart(byte: number, atLineEnd: number): number {
  if (byte === SEMICOLON) return BEFORE_NAME;
  return byte === CR ? atLineEnd : -1;
}
