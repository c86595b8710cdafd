import type { HttpResponse } from "@tinyhttp/handler";
import { EncodedFields } from "@tinyhttp/http-parser";
import { currentHttpDate } from "./date.ts";
import { planResponse, type ResponseContext, type ResponsePlan } from "./response-plan.ts";

/** Plans that are kept at a time; what is asked for most is kept again at once. */
const MOST_PLANS = 1024;

interface KeptPlan {
  readonly body: Uint8Array | null | undefined;
  readonly context: ResponseContext;
  readonly plan: ResponsePlan;
}

/** By the fields of a response, for as long as the Date does not change: nothing is kept longer than it is asked for. */
const keptPlans = new Map<EncodedFields, KeptPlan>();
let date = "";

/**
 * As {@link planResponse}, for responses that are given again and again: as long as fields that were encoded ahead of
 * time, status and content are the same ones, and the second is the same, so is the plan.
 */
export function planRepeated(response: HttpResponse, context: ResponseContext): ResponsePlan {
  const fields = response?.headers;
  const body = response?.body;
  if (!(fields instanceof EncodedFields) || !isHeld(body)) return planResponse(response, context);
  const now = currentHttpDate();
  if (now !== date || keptPlans.size >= MOST_PLANS) keptPlans.clear();
  date = now;
  const kept = keptPlans.get(fields);
  if (kept !== undefined && kept.body === body && holds(kept, response, context)) return kept.plan;
  const plan = planResponse(response, context);
  keptPlans.set(fields, { body, context: { ...context }, plan });
  return plan;
}

function isHeld(body: HttpResponse["body"]): body is Uint8Array | null | undefined {
  return body instanceof Uint8Array || body === null || body === undefined;
}

function holds({ plan, context }: KeptPlan, { status, body }: HttpResponse, asked: ResponseContext): boolean {
  const { content } = plan;
  return (
    plan.status === status &&
    context.keepAlive === asked.keepAlive &&
    context.isHead === asked.isHead &&
    context.versionMinor === asked.versionMinor &&
    // The same array may have lost its memory to another thread meanwhile.
    (content.kind !== "bytes" || (body as Uint8Array).length === content.length)
  );
}
