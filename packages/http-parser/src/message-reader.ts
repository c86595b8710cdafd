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
 * | `data`                                 | the caller  | a view of the chunk, or of the copy below               |
 * | a head, whole or at last complete      | the caller  | referred to until "need-data"; then its text, owned     |
 * | a head or trailer section, cut short   | the parser  | copied, and joined with the chunk that follows          |
 * | where the fields of a section stand    | all parsers | until another section is read; then copied, if still of use |
 * | strings                                | whoever has them | for ever                                           |
 *
 * So nothing is copied for a request that comes in one piece, except into the window (window.ts); a head that must
 * outlive its chunk is decoded, which is one copy; and between chunks no more is held than the limits allow for one
 * head. Reading goes on at the line in which it
 * stopped; only a head that began behind another message in its chunk is read again from its start, once.
 */
import type { BodyFraming } from "./body-lengths.ts";
import { BodyReader } from "./body-reader.ts";
import { ByteLoan, isSpent, keep, lend } from "./byte-loan.ts";
import { HttpSyntaxError, MESSAGE_INCOMPLETE, TOO_MANY_EMPTY_LINES } from "./errors.ts";
import type { FieldSection } from "./field-section.ts";
import { FieldTable } from "./field-table.ts";
import { type ParserLimits, resolveLimits } from "./limits.ts";
import { BODY, COMPLETE, HEAD } from "./message-states.ts";
import { faultAt, isCrlf, showInWindow, showMore } from "./window.ts";

/**
 * What `next` has read: a message's head; some of its content; its end, after which the trailers are known; or
 * nothing, because more bytes are needed.
 */
export type ParserEvent = "need-data" | "head" | "data" | "end";

/** What both parsers are told. */
export interface ParserOptions {
  /** What to change of {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<ParserLimits> | undefined;
}

/** A head that is filled in while it is read. */
export interface HeadRecord {
  readonly fields: FieldTable;
  framing: BodyFraming;
}

/** Reads the start line at window index `start`, and says where the fields start; false when it is incomplete. */
type ScanStartLine<Head> = (head: Head, start: number, limits: ParserLimits) => boolean;
/** Gives the complete head its meaning while it is in the window, and says how its content is framed. */
type Decide<Head> = (head: Head, limits: ParserLimits) => BodyFraming;

const NO_TRAILERS: FieldSection = /* @__PURE__ */ new FieldTable();

/**
 * Reads the messages of one connection.
 *
 * The caller pulls: `feed` lends bytes, `next` says what was read from them, and not calling `next` is how to pause.
 */
export class MessageReader<Head, Filled extends Head & HeadRecord> {
  readonly #Head: new () => Filled;
  readonly #scanStartLine: ScanStartLine<Filled>;
  readonly #decide: Decide<Filled>;
  readonly #leaveMessage: (() => void) | undefined;
  readonly #limits: ParserLimits;
  readonly #loan: ByteLoan = new ByteLoan();
  #head: Filled;
  /** Of the current message, if it has content. */
  #body: BodyReader | undefined;
  #state = HEAD;
  #emptyLines = 0;
  /** Whether `feed` may be called. */
  #hungry = true;
  #finished = false;
  #failure: HttpSyntaxError | undefined;

  /** @param leave Called when a message is over; throws when what follows is another protocol's. */
  constructor(
    { limits }: ParserOptions,
    head: new () => Filled,
    scanStartLine: ScanStartLine<Filled>,
    decide: Decide<Filled>,
    leave?: () => void,
  ) {
    this.#limits = resolveLimits(limits);
    this.#Head = head;
    this.#scanStartLine = scanStartLine;
    this.#decide = decide;
    this.#leaveMessage = leave;
    this.#head = new head();
  }

  /** The message's head; valid from `"head"` until the `next()` that follows `"end"`. */
  get head(): Head {
    return this.#head;
  }

  /** After `"data"`, until the next call: a view of the lent bytes, not a copy; never empty. */
  get data(): Uint8Array {
    const { bytes, cursor } = this.#loan;
    return bytes.subarray(this.#body?.dataStart, cursor);
  }

  /** After `"end"`, until the next call: the trailer section (RFC 9112 §7.1.2), empty when there was none. */
  get trailers(): FieldSection {
    return this.#body?.trailers ?? NO_TRAILERS;
  }

  /**
   * Whether a message has begun that has not ended: if the connection ends now, it is incomplete (RFC 9112 §8), unless
   * its content ends with the connection.
   */
  get midMessage(): boolean {
    return this.#state === BODY || (this.#hungry && !isSpent(this.#loan));
  }

  /**
   * Lends bytes: they must not change until `next` says `"need-data"` or `retain` is called.
   *
   * @throws {TypeError} The bytes lent before have not all been read: `next` has not said `"need-data"`.
   */
  feed(bytes: Uint8Array): void {
    if (!this.#hungry || this.#finished) throw misuse("feed the parser", '"need-data", and no finish()');
    if (bytes.length === 0) return;
    this.#hungry = false;
    lend(this.#loan, bytes);
  }

  /**
   * @throws {HttpSyntaxError} The bytes are not acceptable; thrown again by every later call.
   * @throws {TypeError} A response has upgraded the connection: what follows is not HTTP, and stands in `unread`.
   */
  next(): ParserEvent {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      if (this.#state === BODY) return this.#nextOfBody();
      if (this.#state === COMPLETE) this.#leave();
      return this.#nextOfHead();
    } catch (error) {
      if (error instanceof HttpSyntaxError) this.#failure = error;
      throw error;
    }
  }

  /**
   * Says that the connection has ended. The next `next()` then says `"end"`, if content was read that ends with it.
   *
   * @throws {HttpSyntaxError} `message-incomplete`: any other message has begun that has not ended (RFC 9112 §8).
   */
  finish(): void {
    const { bytes, offset } = this.#loan;
    if (this.midMessage && this.#body?.untilClose !== true) {
      this.#failure ??= new HttpSyntaxError(MESSAGE_INCOMPLETE, offset + bytes.length);
    }
    if (this.#failure !== undefined) throw this.#failure;
    this.#finished = true;
  }

  /** Ends the loan early: copies the unread bytes, if there are any, decodes the head, and refers to nothing of the caller's. */
  retain(): void {
    this.#head.fields.own();
    keep(this.#loan);
  }

  /**
   * Gives the current head away: it stays valid for ever and refers to nothing of the caller's. `head` is empty then.
   *
   * @throws {TypeError} There is none: `next` has not said `"head"`, or has gone on behind `"end"`.
   */
  takeHead(): Head {
    if (this.#state === HEAD) throw misuse("take the head", '"head"');
    const head = this.#head;
    head.fields.own();
    this.#head = new this.#Head();
    return head;
  }

  /** A view of the lent bytes behind what has been read: after `"end"`, what follows an upgrade or CONNECT, untouched. */
  unread(): Uint8Array {
    const { bytes, cursor } = this.#loan;
    return bytes.subarray(cursor);
  }

  #nextOfHead(): ParserEvent {
    const loan = this.#loan;
    const head = this.#head;
    const limits = this.#limits;
    const { fields } = head;
    let start: number;
    for (;;) {
      if (isSpent(loan)) return this.#needData();
      start = showInWindow(loan);
      if (!isCrlf(start)) break;
      // RFC 9112 §2.2: a server skips an empty line before the request line.
      if (++this.#emptyLines > limits.maxEmptyLines) {
        throw faultAt(TOO_MANY_EMPTY_LINES, start, undefined, limits.maxEmptyLines);
      }
      loan.cursor += 2;
    }
    if (start !== fields.start) fields.open(start, 0);
    while (
      (fields.fieldsStart === 0 && !this.#scanStartLine(head, start, limits)) ||
      !fields.scan(limits, limits.maxFieldSectionBytes, limits.maxFieldCount)
    ) {
      if (!showMore()) return this.#needData();
    }
    fields.refer(loan.bytes, loan.cursor);
    const framing = (head.framing = this.#decide(head, limits));
    this.#body = framing === 0 ? undefined : new BodyReader(framing, limits);
    loan.cursor += fields.end - start;
    this.#state = BODY;
    return "head";
  }

  #nextOfBody(): ParserEvent {
    const progress = this.#body?.read(this.#loan) ?? "end";
    if (progress === "need-data" && !(this.#finished && this.#body?.untilClose === true)) return this.#needData();
    if (progress === "data") return progress;
    this.#state = COMPLETE;
    return "end";
  }

  #needData(): "need-data" {
    this.retain();
    this.#hungry = true;
    return "need-data";
  }

  #leave(): void {
    this.#leaveMessage?.();
    this.#state = HEAD;
    this.#emptyLines = 0;
    this.#head.fields.release();
    this.#body?.trailers.release();
  }
}

function misuse(action: string, event: string): TypeError {
  return new TypeError(`Cannot ${action}: expected next() to have said ${event}`);
}
