import type { HttpResponse } from "@tinyhttp/handler";

/** Whether a handler's answer has to be waited for. */
export function isThenable(response: unknown): response is PromiseLike<HttpResponse> {
  return typeof response === "object" && response !== null && "then" in response && typeof response.then === "function";
}
