import type { HttpResponse } from "@tinyhttp/handler";
import { EncodedFields } from "@tinyhttp/http-parser";
import { currentHttpDate } from "./date.ts";
import { planResponse, type ResponseContext, type ResponsePlan } from "./response-plan.ts";

/** A plan, and what it takes to notice that another is needed. */
interface KeptPlan extends ResponsePlan {
  head: string;
  headBytes: Buffer | undefined;
  /** Where the Date stands in the head; -1 when it is not the server's. */
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
  const date = currentHttpDate();
  const plan = planResponse(response, context);
  const { headers, body } = response;
  if (Object.isFrozen(response) && headers instanceof EncodedFields && isHeld(body)) {
    const dateAt = headers.hasDate ? -1 : plan.head.indexOf(date);
    keptPlans.set(response, { ...plan, headBytes: undefined, dateAt, date });
  }
  return plan;
}

function isHeld(body: HttpResponse["body"]): body is Uint8Array | null | undefined {
  return body instanceof Uint8Array || body === null || body === undefined;
}

/** Makes the bytes when a plan is used again, and changes its Date. Nobody refers to them between two turns. */
function renew(kept: KeptPlan, headBytes: Buffer | undefined, date: string): void {
  const { head, dateAt } = kept;
  const bytes = headBytes ?? Buffer.from(head, "latin1");
  kept.headBytes = bytes;
  if (dateAt < 0 || kept.date === date) return;
  bytes.write(date, dateAt, "latin1");
  kept.head = head.slice(0, dateAt) + date + head.slice(dateAt + date.length);
  kept.date = date;
}
