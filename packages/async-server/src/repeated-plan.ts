import type { HttpResponse } from "@tinyhttp/handler";
import { EncodedFields } from "@tinyhttp/http-parser";
import { currentHttpDate } from "./date.ts";
import { planResponse, type ResponseContext, type ResponsePlan } from "./response-plan.ts";

/** A plan, and what it takes to notice that another is needed. */
interface KeptPlan extends ResponsePlan {
  head: string;
  headBytes: Buffer | undefined;
  /** Where the Date stands in the head. */
  readonly dateAt: number;
  /** The Date that the head has. */
  date: string;
}

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
  if (kept === undefined || !hasContent(kept)) return planAndKeep(response, context);
  const date = currentHttpDate();
  if (kept.headBytes === undefined || kept.date !== date) renew(kept, kept.headBytes, date);
  return kept;
}

/** The array may have lost its memory to another thread meanwhile. */
function hasContent({ content }: ResponsePlan): boolean {
  return content.kind !== "bytes" || content.bytes.length === content.length;
}

function planAndKeep(response: HttpResponse, context: ResponseContext): ResponsePlan {
  if (!isConstant(response)) return planResponse(response, context);
  const date = currentHttpDate();
  const plan = planResponse(response, context);
  const dateAt = plan.head.indexOf(`\r\nDate: ${date}\r\n`);
  // Not when the second ended meanwhile; nor when the Date is the handler's, which is not to be changed.
  if (dateAt >= 0)
    keptPlans.set(response, { ...plan, headBytes: undefined, dateAt: dateAt + "\r\nDate: ".length, date });
  return plan;
}

function isConstant(response: HttpResponse): boolean {
  // A handler in plain JavaScript may return anything.
  if (typeof response !== "object" || response === null || !Object.isFrozen(response)) return false;
  const { headers, body } = response;
  const isHeld = body instanceof Uint8Array || body === null || body === undefined;
  return headers instanceof EncodedFields && !headers.hasDate && isHeld;
}

/** Makes the bytes when a plan is used again, and changes its Date. Nobody refers to them between two turns. */
function renew(kept: KeptPlan, headBytes: Buffer | undefined, date: string): void {
  const { head, dateAt } = kept;
  const bytes = headBytes ?? Buffer.from(head, "latin1");
  kept.headBytes = bytes;
  if (kept.date === date) return;
  bytes.write(date, dateAt, "latin1");
  kept.head = head.slice(0, dateAt) + date + head.slice(dateAt + date.length);
  kept.date = date;
}
