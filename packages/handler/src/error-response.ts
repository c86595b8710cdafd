import type { HttpError } from "./http-error.ts";
import type { HttpResponse } from "./response.ts";

/** The response that stands for a thrown {@link HttpError}: its status, and its message as text. */
export function errorResponse(error: HttpError): HttpResponse {
  return {
    status: error.status,
    headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
    body: `${error.message}\n`,
  };
}
