/**
 * Which origins' scripts may read responses (the Fetch standard's CORS protocol), where the answer depends on the
 * request.
 */
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";
import { fieldsIn, type Field } from "./response-fields.ts";

// Seconds that a browser may remember a preflight's answer.
const MAX_AGE = "600";

/** Adds what lets the request's origin read the response, if it is one of those allowed. */
export function allowListedOrigin(
  response: HttpResponse,
  request: HttpRequest,
  allowed: ReadonlySet<string>,
): HttpResponse {
  const origin = request.headers.get("origin");
  if (origin === undefined || !allowed.has(origin)) return response;
  const fields: Field[] = [
    ["Access-Control-Allow-Origin", origin],
    ["Access-Control-Expose-Headers", "*"],
  ];
  return { ...response, headers: encodeFields([...fieldsIn(response.headers), ...fields]) };
}

/** Whether an OPTIONS request is a browser's question before a request, rather than a client's about methods. */
export function isPreflight(request: HttpRequest): boolean {
  return request.headers.has("origin") && request.headers.has("access-control-request-method");
}

/** The answer to OPTIONS as the answer to a preflight. `*` does not cover `Authorization`. */
export function asPreflightAnswer(options: HttpResponse): HttpResponse {
  const fields: Field[] = [
    ["Access-Control-Allow-Methods", "GET, HEAD"],
    ["Access-Control-Allow-Headers", "*, Authorization"],
    ["Access-Control-Max-Age", MAX_AGE],
  ];
  return { ...options, headers: encodeFields([...fieldsIn(options.headers), ...fields]) };
}
