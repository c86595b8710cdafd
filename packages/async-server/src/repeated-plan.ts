import { claimHeadroom, type HttpResponse } from "@tinyhttp/handler";
import { EncodedFields } from "@tinyhttp/http-parser";
import { currentHttpDate } from "./date.ts";
import type { LentBytes } from "./outbox.ts";
import {
  NO_CONTENT,
  type PlannedContent,
  planResponse,
  type ResponseContext,
  type ResponsePlan,
} from "./response-plan.ts";

/** By response, and kept for as long as whoever gives it keeps it. */
const keptPlans = new WeakMap<HttpResponse, KeptPlan>();

/**
 * As {@link planResponse}, for responses that are given again and again: of a frozen one, with fields that were encoded
 * ahead of time, nothing can change, so neither does the plan, but for its Date, once a second. Only plans for what
 * clients ask for most are kept: no HEAD, HTTP/1.1, a connection that goes on.
 */
export function planRepeated(response: HttpResponse, context: ResponseContext): ResponsePlan {
  if (context.isHead || context.versionMinor === 0 || !context.keepAlive) return planResponse(response, context);
  const kept = keptPlans.get(response);
  if (kept === undefined || !kept.hasContent) return planAndKeep(response, context);
  return kept.setDate(currentHttpDate(context.now)) ? kept : planResponse(response, context);
}

function planAndKeep(response: HttpResponse, context: ResponseContext): ResponsePlan {
  const plan = planResponse(response, context);
  if (!isConstant(response)) return plan;
  const date = currentHttpDate(context.now);
  const dateAt = plan.head.indexOf(`\r\nDate: ${date}\r\n`);
  // Not when the Date is the handler's, which is not to be changed.
  if (dateAt >= 0) keptPlans.set(response, new KeptPlan(plan, dateAt + "\r\nDate: ".length, date));
  return plan;
}

function isConstant(response: HttpResponse): boolean {
  if (!Object.isFrozen(response)) return false;
  const { headers, body } = response;
  const isHeld = body instanceof Uint8Array || body === null || body === undefined;
  return headers instanceof EncodedFields && !headers.hasDate && isHeld;
}

/** A plan whose head is held as bytes, in which the Date is changed. */
class KeptPlan implements ResponsePlan, LentBytes {
  readonly status: number;
  readonly content: PlannedContent;
  readonly sendsContent: boolean;
  readonly keepAlive: boolean;
  readonly isDelimited: boolean;
  readonly headBytes: Buffer;
  readonly whole: LentBytes | undefined;
  /** The head; and behind it the content, if it was made with room for a head. */
  readonly bytes: Buffer;
  loans = 0;
  readonly #length: number;
  readonly #dateAt: number;
  date: string;

  /** @param dateAt Where the Date stands in the head. */
  constructor(plan: ResponsePlan, dateAt: number, date: string) {
    const { head, content } = plan;
    this.status = plan.status;
    this.content = content;
    this.sendsContent = plan.sendsContent;
    this.keepAlive = plan.keepAlive;
    this.isDelimited = plan.isDelimited;
    const sent = plan.sendsContent ? content : NO_CONTENT;
    const room = sent.kind === "bytes" ? claimHeadroom(sent.bytes, head.length) : undefined;
    this.bytes = room === undefined ? Buffer.allocUnsafeSlow(head.length) : bufferOver(room);
    this.#length = this.bytes.length;
    this.bytes.write(head, "latin1");
    this.headBytes = this.bytes.subarray(0, head.length);
    this.whole = room === undefined && sent.kind !== "none" ? undefined : this;
    this.#dateAt = dateAt;
    this.date = date;
  }

  get head(): string {
    return this.headBytes.toString("latin1");
  }

  /** Whether the content is still there: its memory may have been given to another thread. */
  get hasContent(): boolean {
    const { whole, content } = this;
    if (whole !== undefined) return this.bytes.length === this.#length;
    return content.kind !== "bytes" || content.bytes.length === content.length;
  }

  /** @returns Whether the head has this Date now; not when a write under way still reads it. */
  setDate(date: string): boolean {
    if (date === this.date) return true;
    if (this.loans > 0) return false;
    this.bytes.write(date, this.#dateAt, "latin1");
    this.date = date;
    return true;
  }
}

function bufferOver({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
