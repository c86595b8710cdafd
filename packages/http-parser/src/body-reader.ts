/**
 * The content of one message, whatever frames it: passes over the lent bytes and ends with the trailers. Chunk framing
 * is read byte by byte (see chunked.ts), data not at all.
 */
import { type BodyFraming, CHUNKED, UNTIL_CLOSE } from "./body-lengths.ts";
import { type ByteLoan, isSpent } from "./byte-loan.ts";
import { brokenChunkRule, nextChunkState } from "./chunked.ts";
import { DATA_CR, DATA_LF, LINE_LF, MOST_DIGITS, SIZE, SIZE_START, TRAILERS, WRONG } from "./chunk-states.ts";
import {
  CHUNK_EXTENSION_TOO_LONG,
  CHUNK_SIZE_TOO_LARGE,
  HttpSyntaxError,
  type SyntaxErrorRule,
  TRAILER_FIELD_FORBIDDEN,
} from "./errors.ts";
import { FieldTable } from "./field-table.ts";
import { HIGHEST_SIZE, type ParserLimits } from "./limits.ts";
import { faultAt, showInWindow, showMore } from "./window.ts";

/** The fields of a trailer section that come too late (RFC 9110 §6.5.1): somebody might still obey them. */
const FORBIDDEN_TRAILERS = ["host", "expect", "upgrade", "connection", "content-length", "transfer-encoding"];

export class BodyReader {
  /** Index in the lent bytes of the data passed over last, which reaches to the loan's cursor. */
  dataStart = 0;
  readonly trailers: FieldTable = new FieldTable();
  readonly #limits: ParserLimits;
  readonly #chunked: boolean;
  /** Bytes still to come of the content, or of the current chunk. */
  #remaining: number;
  #state = SIZE_START;
  #size = 0;
  #digits = 0;
  #extensionBytes = 0;
  #extensionTotal = 0;

  constructor(framing: BodyFraming, limits: ParserLimits) {
    this.#limits = limits;
    this.#chunked = framing === CHUNKED;
    this.#remaining = this.#chunked ? 0 : framing;
  }

  /** Whether only the end of the connection is the end of the content. */
  get untilClose(): boolean {
    return this.#remaining === UNTIL_CLOSE;
  }

  /** Reads on from the loan's cursor. */
  read(loan: ByteLoan): "need-data" | "data" | "end" {
    while (this.#remaining === 0) {
      if (!this.#chunked) return "end";
      if (isSpent(loan)) return "need-data";
      if (this.#state === TRAILERS) return this.#readTrailers(loan);
      this.#readFraming(loan);
    }
    if (isSpent(loan)) return "need-data";
    const length = Math.min(this.#remaining, loan.bytes.length - loan.cursor);
    this.#remaining -= length;
    this.dataStart = loan.cursor;
    loan.cursor += length;
    return "data";
  }

  /** Reads one byte that is not data. */
  #readFraming(loan: ByteLoan): void {
    const state = this.#state;
    const byte = loan.bytes[loan.cursor]!;
    const next = (this.#state = nextChunkState(state, byte));
    if (next === WRONG) throw faultIn(loan, brokenChunkRule(state, byte), byte);
    if (next === SIZE) {
      this.#size = this.#size * 16 + (byte & 15) + (byte > 0x39 ? 9 : 0);
      if (++this.#digits > MOST_DIGITS || this.#size > HIGHEST_SIZE) {
        throw faultIn(loan, CHUNK_SIZE_TOO_LARGE, undefined, HIGHEST_SIZE);
      }
    } else if (next > DATA_LF) {
      const { maxChunkExtensionBytes: most, maxChunkExtensionTotalBytes: mostInAll } = this.#limits;
      const tooLong = ++this.#extensionBytes > most;
      if (++this.#extensionTotal > mostInAll || tooLong) {
        throw faultIn(loan, CHUNK_EXTENSION_TOO_LONG, undefined, tooLong ? most : mostInAll);
      }
    }
    loan.cursor++;
    if (state !== LINE_LF) return;
    this.#state = this.#size === 0 ? TRAILERS : DATA_CR;
    this.#remaining = this.#size;
    this.#size = this.#digits = this.#extensionBytes = 0;
  }

  #readTrailers(loan: ByteLoan): "need-data" | "end" {
    const { trailers } = this;
    const limits = this.#limits;
    const start = showInWindow(loan);
    if (start !== trailers.start) trailers.open(start, start);
    while (!trailers.scan(limits, limits.maxTrailerSectionBytes, limits.maxTrailerCount)) {
      if (!showMore()) return "need-data";
    }
    trailers.refer(loan.bytes, loan.cursor);
    if (FORBIDDEN_TRAILERS.some((name) => trailers.has(name))) throw faultAt(TRAILER_FIELD_FORBIDDEN, start);
    trailers.own();
    loan.cursor += trailers.end - start;
    return "end";
  }
}

/** An error at the next unread byte. */
function faultIn(loan: ByteLoan, rule: SyntaxErrorRule, got?: number, maximum?: number): HttpSyntaxError {
  return new HttpSyntaxError(rule, loan.offset + loan.cursor, got, maximum);
}
