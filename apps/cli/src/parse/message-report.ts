/** Bytes into reports about the messages that they are: each one when it is over, or when it turns out to be broken. */
import { HttpSyntaxError, isHttpSyntaxError } from "@tinyhttp/http-parser";
import { excerptAround, type Excerpt } from "./excerpt.ts";
import { fieldPairs, type FieldPairs, type HeadReport } from "./head-report.ts";
import type { MessageKind } from "./message-kind.ts";
import type { MessageSource } from "./message-source.ts";
import { missingOfBody, missingOfEmptyLines, missingOfHead } from "./missing.ts";
import { RecentBytes } from "./recent-bytes.ts";

export interface MessageReport {
  readonly kind: MessageKind;
  /** From 1, in the order of the input. */
  readonly number: number;
  /** Offset of the start line's first byte. */
  readonly begin: number;
  /** Offset behind the message's last byte; absent when it has a fault. */
  readonly end?: number;
  /** Absent when the fault is in it. */
  readonly head?: HeadReport;
  /** Bytes of content, decoded; those before the fault, if there is one. */
  readonly bodyLength: number;
  readonly trailers: FieldPairs;
  readonly fault?: Fault;
}

/** Why a message could not be read to its end. */
export interface Fault {
  readonly error: HttpSyntaxError;
  /** When the input has ended in the middle of it: what has not come. */
  readonly missing?: string;
  readonly excerpt: Excerpt;
}

/** The rest of an input whose connection was upgraded. */
interface OtherProtocolReport {
  readonly kind: "other-protocol";
  readonly begin: number;
  readonly end: number;
}

export type Report = MessageReport | OtherProtocolReport;

const CR = 0x0d;
const LF = 0x0a;

/** Reads one input, in pieces of any size. It holds the piece that is being read, and no more of a message's content. */
export class MessageReporter {
  readonly #source: MessageSource;
  readonly #recent: RecentBytes = new RecentBytes();
  #number = 1;
  /** Where the message before has ended. */
  #lastEnd = 0;
  #begin = 0;
  #head: HeadReport | undefined;
  #bodyLength = 0;
  #state: "reading" | "upgraded" | "failed" = "reading";

  constructor(source: MessageSource) {
    this.#source = source;
  }

  /** Whether a message was broken; what follows it is not looked at. */
  get failed(): boolean {
    return this.#state === "failed";
  }

  /** @param chunk Must not change before the next call. */
  read(chunk: Uint8Array): Report[] {
    this.#recent.add(chunk);
    if (this.#state !== "reading") return [];
    return this.#readEvents(() => this.#source.parser.feed(chunk));
  }

  /** Says that the input has ended. */
  end(): Report[] {
    const { end } = this.#recent;
    if (this.#state === "upgraded") {
      return end > this.#lastEnd ? [{ kind: "other-protocol", begin: this.#lastEnd, end }] : [];
    }
    if (this.#state === "failed") return [];
    const reports = this.#readEvents(() => this.#source.parser.finish());
    if (this.#number === 1) reports.push(this.#broken(new HttpSyntaxError("message-incomplete 9112 8", end)));
    return reports;
  }

  #readEvents(begin: () => void): MessageReport[] {
    const { parser } = this.#source;
    const reports: MessageReport[] = [];
    try {
      begin();
      for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
        if (event === "head") this.#beginMessage();
        else if (event === "data") this.#bodyLength += parser.data.length;
        else if (this.#endMessage(reports)) break;
      }
    } catch (error) {
      if (!isHttpSyntaxError(error)) throw error;
      reports.push(this.#broken(error));
    }
    return reports;
  }

  #beginMessage(): void {
    this.#head = this.#source.takeHead();
    this.#begin = this.#findBegin(this.#position);
  }

  /** @returns Whether no other message can follow. */
  #endMessage(reports: MessageReport[]): boolean {
    const { kind, parser } = this.#source;
    const number = this.#number++;
    const head = this.#head!;
    const end = this.#position;
    const trailers = fieldPairs(parser.trailers);
    reports.push({ kind, number, begin: this.#begin, end, head, bodyLength: this.#bodyLength, trailers });
    this.#lastEnd = end;
    this.#head = undefined;
    this.#bodyLength = 0;
    // A request only offers an upgrade: what follows may be another request.
    if (head.kind === "request" || !head.upgrade) return false;
    this.#state = "upgraded";
    return true;
  }

  #broken(error: HttpSyntaxError): MessageReport {
    this.#state = "failed";
    const { kind } = this.#source;
    const head = this.#head;
    const begin = head === undefined ? this.#findBegin(error.offset) : this.#begin;
    const fault = {
      error,
      excerpt: excerptAround(this.#recent, error.offset),
      ...(error.code === "message-incomplete" ? { missing: this.#missing(begin) } : {}),
    };
    const known = { kind, number: this.#number++, begin, bodyLength: this.#bodyLength, trailers: [], fault };
    return head === undefined ? known : { ...known, head };
  }

  #missing(begin: number): string {
    if (this.#head !== undefined) return missingOfBody(this.#head.framing, this.#bodyLength);
    const { end } = this.#recent;
    if (begin === end) return missingOfEmptyLines(this.#recent.bytesBetween(this.#lastEnd, end));
    return missingOfHead(this.#recent.bytesBetween(begin, end));
  }

  /** Offset behind what the parser has read. */
  get #position(): number {
    return this.#recent.end - this.#source.parser.unread().length;
  }

  /** Where, behind the message before and the empty lines that a server skips (RFC 9112 §2.2), the next one begins. */
  #findBegin(to: number): number {
    const bytes = this.#recent.bytesBetween(this.#lastEnd, to);
    const index = bytes.findIndex((byte) => byte !== CR && byte !== LF);
    return this.#lastEnd + (index === -1 ? bytes.length : index);
  }
}
