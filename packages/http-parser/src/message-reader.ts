/**
 * What reading requests and reading responses have in common: the states of a connection, the loan of its bytes, and
 * what is copied when. It does not know what a start line is.
 *
 * ## States
 *
 * | state    | reads                         | then                                                           |
 * | -------- | ----------------------------- | -------------------------------------------------------------- |
 * | idle     | empty lines                   | head, at any other byte                                        |
 * | head     | start line, field lines       | body, saying "head"; failed                                    |
 * | body     | content, then trailer section | body, saying "data"; complete, saying "end"; failed            |
 * | complete | nothing                       | idle, releasing head and trailers; or stays, after an upgrade  |
 * | failed   | nothing, ever                 | failed, throwing the same error                                |
 *
 * In idle, head and body, the answer is "need-data" when the lent bytes have all been read. A message without content
 * also passes through body: its "end" comes at once.
 *
 * ## Bytes
 *
 * | bytes                                  | belong to   | until                                                   |
 * | -------------------------------------- | ----------- | ------------------------------------------------------- |
 * | a chunk that was fed                   | the caller  | not changed before "need-data" or `retain`              |
 * | `data`                                 | the caller  | a view of the chunk                                     |
 * | a head, read in one chunk              | the caller  | referred to until "need-data"; then its text, owned     |
 * | a head or trailer section, split       | the parser  | copied as it comes, decoded when complete               |
 * | strings                                | whoever has them | for ever                                           |
 *
 * So nothing is copied for a request that comes in one piece, except into the window (byte-loan.ts); a head that must
 * outlive its chunk is decoded, which is one copy; and at no time is more held than the limits allow for one head.
 */
import type { BodyFraming } from "./body-framing.ts";
import { BodyReader } from "./body-reader.ts";
import { ByteLoan, WINDOW } from "./byte-loan.ts";
import { HttpSyntaxError } from "./errors.ts";
import { scanFieldLines } from "./field-line.ts";
import type { FieldSection, FieldTable } from "./field-section.ts";
import { CR, LF } from "./grammar.ts";
import { type FieldSectionLimits, headerLimits, type ParserLimits } from "./limits.ts";

/**
 * What `next` has read: a message's head; some of its content; its end, after which the trailers are known; or
 * nothing, because more bytes are needed.
 */
export type ParserEvent = "need-data" | "head" | "data" | "end";

/** A head that is filled in while it is read, and emptied when its message is over. */
export interface HeadRecord {
  readonly fields: FieldTable;
  open(): void;
  release(): void;
}

/** What a kind of message adds. */
export interface HeadReader<Head extends HeadRecord> {
  /** Empty lines accepted before a start line. */
  readonly maxEmptyLines: number;
  createHead(): Head;
  /** Reads the start line from where `head.fields` says scanning stopped; false when it is incomplete. */
  scanStartLine(head: Head, loan: ByteLoan): boolean;
  /** Gives the complete head its meaning while it is in the window, and says how its content is framed. */
  decide(head: Head, loan: ByteLoan): BodyFraming;
  /** Whether what follows the message is another protocol's. */
  endsHttp(head: Head): boolean;
}

const IDLE = 0;
const HEAD = 1;
const BODY = 2;
const COMPLETE = 3;
const FAILED = 4;

/**
 * Reads the messages of one connection.
 *
 * The caller pulls: `feed` lends bytes, `next` says what was read from them, and not calling `next` is how to pause.
 */
export class MessageReader<Head, Filled extends Head & HeadRecord> {
  readonly #reader: HeadReader<Filled>;
  readonly #limits: ParserLimits;
  readonly #fieldLimits: FieldSectionLimits;
  readonly #loan: ByteLoan = new ByteLoan();
  #head: Filled;
  /** Made for the first message that has content. */
  #body: BodyReader | undefined;
  #state = IDLE;
  #emptyLines = 0;
  /** Whether `feed` may be called. */
  #hungry = true;
  /** Whether a head has been read whose message has not been left behind; also when its content turned out to be bad. */
  #hasHead = false;
  /** Whether the head still refers to the caller's bytes. */
  #headLent = false;
  #finished = false;
  #failure: HttpSyntaxError | undefined;

  constructor(reader: HeadReader<Filled>, limits: ParserLimits) {
    this.#reader = reader;
    this.#limits = limits;
    this.#fieldLimits = headerLimits(limits);
    this.#head = reader.createHead();
  }

  /** The message's head; valid from `"head"` until the `next()` that follows `"end"`. */
  get head(): Head {
    return this.#head;
  }

  /** After `"data"`, until the next call: a view of the lent bytes, not a copy; never empty. */
  get data(): Uint8Array {
    const { chunk } = this.#loan;
    const { dataStart, dataEnd } = this.#body ?? { dataStart: 0, dataEnd: 0 };
    return dataEnd - dataStart === chunk.length ? chunk : chunk.subarray(dataStart, dataEnd);
  }

  /** After `"end"`, until the next call: the trailer section (RFC 9112 §7.1.2), empty when there was none. */
  get trailers(): FieldSection {
    return (this.#body ??= new BodyReader(this.#limits)).trailers;
  }

  /**
   * Whether a message has begun that has not ended: if the connection ends now, it is incomplete (RFC 9112 §8), unless
   * its content ends with the connection.
   */
  get midMessage(): boolean {
    return this.#state === BODY || this.#loan.hasKept;
  }

  /**
   * Lends bytes: they must not change until `next` says `"need-data"` or `retain` is called.
   *
   * @throws {TypeError} The bytes lent before have not all been read: `next` has not said `"need-data"`.
   */
  feed(bytes: Uint8Array): void {
    if (!this.#hungry) throw new TypeError('Cannot feed the parser: expected next() to have said "need-data"');
    if (this.#finished) throw new TypeError("Cannot feed the parser: expected no bytes after finish()");
    if (bytes.length === 0) return;
    this.#hungry = false;
    this.#loan.lend(bytes);
  }

  /**
   * @throws {HttpSyntaxError} The bytes are not acceptable; thrown again by every later call.
   * @throws {TypeError} A response has upgraded the connection: what follows is not HTTP, and stands in `unread`.
   */
  next(): ParserEvent {
    try {
      if (this.#state === BODY) return this.#nextOfBody();
      if (this.#state === COMPLETE) this.#forget();
      return this.#nextOfHead();
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /**
   * Says that the connection has ended. The next `next()` then says `"end"`, if content was read that ends with it.
   *
   * @throws {HttpSyntaxError} `message-incomplete`: any other message has begun that has not ended (RFC 9112 §8).
   */
  finish(): void {
    if (this.#failure !== undefined) throw this.#failure;
    const ends = this.#state === BODY && this.#body?.untilClose === true;
    if (this.midMessage && !ends) throw this.#fail(this.#loan.errorAtEnd("message-incomplete"));
    this.#finished = true;
  }

  /** Ends the loan early: copies the unread bytes, decodes the head, and refers to nothing of the caller's. */
  retain(): void {
    this.#ownHead();
    this.#loan.retainUnread();
  }

  /**
   * Gives the current head away: it stays valid for ever and refers to nothing of the caller's. `head` is empty then.
   *
   * @throws {TypeError} There is none: `next` has not said `"head"`, or has gone on behind `"end"`.
   */
  takeHead(): Head {
    if (!this.#hasHead) throw new TypeError('Cannot take the head: expected next() to have said "head"');
    const head = this.#head;
    head.fields.settle();
    this.#headLent = false;
    this.#head = this.#reader.createHead();
    return head;
  }

  /** A view of the lent bytes behind what has been read: after `"end"`, what follows an upgrade or CONNECT, untouched. */
  unread(): Uint8Array {
    return this.#loan.unread();
  }

  #nextOfHead(): ParserEvent {
    const loan = this.#loan;
    const head = this.#head;
    if (this.#failure !== undefined) throw this.#failure;
    if (loan.spent) return this.#needData();
    loan.openWindow();
    if (this.#state === IDLE && !this.#beginHead()) return this.#needMore();
    while (
      (head.fields.fieldsStart === 0 && !this.#reader.scanStartLine(head, loan)) ||
      !scanFieldLines(head.fields, loan, this.#fieldLimits)
    ) {
      if (!loan.loadMore()) return this.#needMore();
    }
    const framing = this.#reader.decide(head, loan);
    this.#lendHead();
    if (framing !== 0 || this.#body !== undefined) (this.#body ??= new BodyReader(this.#limits)).begin(framing);
    this.#state = BODY;
    this.#hasHead = true;
    return "head";
  }

  /** Skips empty lines; whether a start line begins. */
  #beginHead(): boolean {
    const loan = this.#loan;
    const byte = WINDOW[loan.start];
    if ((byte === CR || byte === LF) && !this.#skipEmptyLines()) return false;
    this.#state = HEAD;
    this.#head.open();
    return true;
  }

  /** RFC 9112 §2.2: a server skips an empty line before the request line. */
  #skipEmptyLines(): boolean {
    const loan = this.#loan;
    while (WINDOW[loan.start] === CR || WINDOW[loan.start] === LF) {
      if (WINDOW[loan.start] === LF) throw loan.unexpected("bare-lf", loan.start);
      if (loan.start + 1 >= loan.end && !loan.loadMore()) return false;
      if (WINDOW[loan.start + 1] !== LF) throw loan.unexpected("bare-cr", loan.start + 1);
      if (++this.#emptyLines > this.#reader.maxEmptyLines) {
        throw loan.overLimit("too-many-empty-lines", loan.start, this.#reader.maxEmptyLines);
      }
      loan.closeSection(loan.start + 2);
      if (loan.spent) return false;
      loan.openWindow();
    }
    return true;
  }

  #lendHead(): void {
    const loan = this.#loan;
    const { fields } = this.#head;
    const end = loan.start + fields.scanned;
    if (loan.hasKept) {
      // Its bytes lie in no chunk as a whole: decode them while they are in the window.
      fields.refer(WINDOW, loan.start);
      fields.own();
    } else {
      fields.refer(loan.chunk, loan.sectionIndex);
      this.#headLent = true;
    }
    loan.closeSection(end);
  }

  #nextOfBody(): ParserEvent {
    const body = this.#body;
    const progress = body === undefined ? "end" : body.read(this.#loan);
    if (progress === "need-data" && !(this.#finished && body?.untilClose === true)) return this.#needData();
    if (progress === "data") return progress;
    this.#state = COMPLETE;
    return "end";
  }

  #needMore(): "need-data" {
    if (!this.#loan.spent) this.#loan.keepSection();
    return this.#needData();
  }

  #needData(): "need-data" {
    this.#ownHead();
    this.#loan.giveBack();
    this.#hungry = true;
    return "need-data";
  }

  #ownHead(): void {
    if (!this.#headLent) return;
    this.#headLent = false;
    this.#head.fields.own();
  }

  #forget(): void {
    if (this.#reader.endsHttp(this.#head)) {
      throw new TypeError("Cannot read a message: expected unread() to be taken after an upgrade");
    }
    this.#state = IDLE;
    this.#emptyLines = 0;
    this.#hasHead = false;
    this.#headLent = false;
    this.#head.release();
    this.#body?.release();
  }

  #fail(error: unknown): unknown {
    if (error instanceof HttpSyntaxError) {
      this.#failure = error;
      this.#state = FAILED;
    }
    return error;
  }
}
