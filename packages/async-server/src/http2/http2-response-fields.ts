import type { ResponsePlan } from "../response-plan.ts";

/** Of plans that are used again and again: made once for each Date. */
const known = new WeakMap<ResponsePlan, { readonly date: string | undefined; readonly fields: readonly string[] }>();

/** RFC 9113 §8.2.2: what frames a message and manages a connection of HTTP/1 has no meaning here. */
const OF_HTTP_1: ReadonlySet<string> = new Set(["connection", "http2-settings", "transfer-encoding"]);

/** The fields of a response as `stream.respond` takes them: names in lower case and values in turn. */
export function responseFields(plan: ResponsePlan): readonly string[] {
  const made = known.get(plan);
  if (made !== undefined && made.date === plan.date) return made.fields;
  const fields = fieldsOf(plan);
  if (plan.date !== undefined) known.set(plan, { date: plan.date, fields });
  return fields;
}

function fieldsOf({ status, head }: ResponsePlan): string[] {
  const fields = [":status", String(status)];
  for (const line of head.split("\r\n").slice(1, -2)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    if (!OF_HTTP_1.has(name)) fields.push(name, line.slice(colon + 2));
  }
  return fields;
}
