import type { HttpResponse } from "@tinyhttp/handler";
import { EncodedFields } from "@tinyhttp/http-parser";
import { currentHttpDate } from "./date.ts";
import { planResponse, type ResponseContext, type ResponsePlan } from "./response-plan.ts";

interface KeptPlan {
  readonly status: number;
  readonly body: Uint8Array | null | undefined;
  /** Where the Date stands in the head; -1 when it is not the server's. */
  readonly dateAt: number;
  /** The Date that the plan has. */
  date: string;
  plan: ResponsePlan;
  /** The head; made when the plan is first used again. */
  headBytes: Buffer | undefined;
}

/** By the fields of a response, and kept for as long as whoever gives it keeps those. */
const keptPlans = new WeakMap<EncodedFields, KeptPlan>();

/**
 * As {@link planResponse}, for responses that are given again and again: as long as fields that were encoded ahead of
 * time, status and content are the same ones, so is the plan, and all that changes is its Date, once a second. Only
 * plans for what clients ask for most are kept: no HEAD, HTTP/1.1, a connection that goes on.
 */
export function planRepeated(response: HttpResponse, context: ResponseContext): ResponsePlan {
  const fields = response?.headers;
  const body = response?.body;
  if (context.isHead || context.versionMinor === 0 || !context.keepAlive) return planResponse(response, context);
  if (!(fields instanceof EncodedFields) || !isHeld(body)) return planResponse(response, context);
  const date = currentHttpDate();
  const kept = keptPlans.get(fields);
  if (kept === undefined || !holds(kept, response)) return keep(fields, body, date, planResponse(response, context));
  if (kept.headBytes === undefined || (kept.date !== date && kept.dateAt >= 0)) renew(kept, date);
  return kept.plan;
}

function isHeld(body: HttpResponse["body"]): body is Uint8Array | null | undefined {
  return body instanceof Uint8Array || body === null || body === undefined;
}

function holds({ status, body, plan: { content } }: KeptPlan, response: HttpResponse): boolean {
  return (
    status === response.status &&
    body === response.body &&
    // The same array may have lost its memory to another thread meanwhile.
    (content.kind !== "bytes" || (body as Uint8Array).length === content.length)
  );
}

function keep(
  fields: EncodedFields,
  body: Uint8Array | null | undefined,
  date: string,
  plan: ResponsePlan,
): ResponsePlan {
  const dateAt = fields.hasDate ? -1 : plan.head.indexOf(date);
  keptPlans.set(fields, { status: plan.status, body, dateAt, date, plan, headBytes: undefined });
  return plan;
}

/** Nobody refers to the bytes between two turns: they are copied when they are sent. */
function renew(kept: KeptPlan, date: string): void {
  const { head } = kept.plan;
  const headBytes = (kept.headBytes ??= Buffer.from(head, "latin1"));
  if (kept.dateAt < 0 || kept.date === date) {
    kept.plan = { ...kept.plan, headBytes };
    return;
  }
  headBytes.write(date, kept.dateAt, "latin1");
  const newHead = head.slice(0, kept.dateAt) + date + head.slice(kept.dateAt + date.length);
  kept.plan = { ...kept.plan, head: newHead, headBytes };
  kept.date = date;
}
