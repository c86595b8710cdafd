/**
 * The content of one message, whatever frames it: hands out views of the lent chunk and ends with the trailers.
 */
import { type BodyFraming, CHUNKED, UNTIL_CLOSE } from "./body-framing.ts";
import { type ByteLoan, WINDOW } from "./byte-loan.ts";
import { ChunkReader } from "./chunked.ts";
import { scanFieldLines } from "./field-line.ts";
import { FieldTable } from "./field-section.ts";
import { type FieldSectionLimits, type ParserLimits, trailerLimits } from "./limits.ts";

export type BodyProgress = "need-data" | "data" | "end";

export class BodyReader {
  /** Where the data last handed out stands in the lent chunk. */
  dataStart = 0;
  dataEnd = 0;
  readonly trailers: FieldTable = new FieldTable();
  readonly #limits: ParserLimits;
  readonly #trailerLimits: FieldSectionLimits;
  /** Bytes still to come of a length; `CHUNKED` or `UNTIL_CLOSE` otherwise. */
  #framing: BodyFraming = 0;
  #chunks: ChunkReader | undefined;
  #inTrailers = false;

  constructor(limits: ParserLimits) {
    this.#limits = limits;
    this.#trailerLimits = trailerLimits(limits);
  }

  begin(framing: BodyFraming): void {
    this.#framing = framing;
    this.#inTrailers = false;
    if (framing !== CHUNKED) return;
    this.#chunks ??= new ChunkReader();
    this.#chunks.begin();
  }

  get untilClose(): boolean {
    return this.#framing === UNTIL_CLOSE;
  }

  read(loan: ByteLoan): BodyProgress {
    if (this.#framing === CHUNKED) return this.#inTrailers ? this.#readTrailers(loan) : this.#readChunks(loan);
    if (this.#framing === 0) return "end";
    const available = loan.chunk.length - loan.cursor;
    if (available === 0) return "need-data";
    if (this.#framing === UNTIL_CLOSE) return this.#handOut(loan, available);
    const length = Math.min(this.#framing, available);
    this.#framing -= length;
    return this.#handOut(loan, length);
  }

  release(): void {
    this.trailers.release();
  }

  #readChunks(loan: ByteLoan): BodyProgress {
    const chunks = this.#chunks!;
    if (chunks.remaining === 0) {
      const progress = chunks.read(loan, this.#limits);
      if (progress === "need-data") return "need-data";
      if (progress === "last") {
        this.#inTrailers = true;
        this.trailers.open();
        return this.#readTrailers(loan);
      }
    }
    const length = Math.min(chunks.remaining, loan.chunk.length - loan.cursor);
    if (length === 0) return "need-data";
    chunks.remaining -= length;
    if (chunks.remaining === 0) chunks.endData();
    return this.#handOut(loan, length);
  }

  #readTrailers(loan: ByteLoan): BodyProgress {
    if (loan.spent) return "need-data";
    loan.openWindow();
    while (!scanFieldLines(this.trailers, loan, this.#trailerLimits)) {
      if (loan.loadMore()) continue;
      loan.keepSection();
      return "need-data";
    }
    this.#checkTrailers(loan);
    const { start } = loan;
    this.trailers.refer(WINDOW, start);
    this.trailers.own();
    loan.closeSection(start + this.trailers.scanned);
    return "end";
  }

  /** RFC 9110 §6.5.1: a field that frames or routes the message has come too late, and somebody might still obey it. */
  #checkTrailers(loan: ByteLoan): void {
    if (this.trailers.present !== 0) throw loan.error("trailer-field-forbidden", loan.start);
  }

  #handOut(loan: ByteLoan, length: number): "data" {
    this.dataStart = loan.cursor;
    loan.cursor += length;
    this.dataEnd = loan.cursor;
    return "data";
  }
}
