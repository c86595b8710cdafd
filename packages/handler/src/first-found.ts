import type { Handler } from "./handler.ts";
import { isHttpError } from "./http-error.ts";
import { releaseBody } from "./release-body.ts";
import type { HttpRequest } from "./request.ts";
import type { HttpResponse } from "./response.ts";

/**
 * Asks each handler in turn until one has what was asked for. A response of 404 or 405, or an `HttpError` with
 * that status, passes the request on; its body is released. The last handler's answer stands, whatever it is.
 *
 * A handler that reads the request's body and then answers 404 leaves the next one nothing to read.
 *
 * @throws {TypeError} There is no handler.
 */
export function firstFound(...handlers: readonly Handler[]): Handler {
  if (handlers.length === 0) throw new TypeError("Cannot compose handlers: expected at least one, got none");
  return (request) => askFrom(handlers, 0, request);
}

function askFrom(
  handlers: readonly Handler[],
  first: number,
  request: HttpRequest,
): HttpResponse | Promise<HttpResponse> {
  const last = handlers.length - 1;
  for (let index = first; index < last; index++) {
    try {
      const answer = (handlers[index] as Handler)(request);
      if (answer instanceof Promise) return askNext(answer, handlers, index + 1, request);
      if (!isMissing(answer.status)) return answer;
      releaseBody(answer.body);
    } catch (error) {
      if (!isHttpError(error) || !isMissing(error.status)) throw error;
    }
  }
  return (handlers[last] as Handler)(request);
}

async function askNext(
  pending: Promise<HttpResponse>,
  handlers: readonly Handler[],
  next: number,
  request: HttpRequest,
): Promise<HttpResponse> {
  try {
    const answer = await pending;
    if (!isMissing(answer.status)) return answer;
    releaseBody(answer.body);
  } catch (error) {
    if (!isHttpError(error) || !isMissing(error.status)) throw error;
  }
  return askFrom(handlers, next, request);
}

// 405 too: a static site answers it to every POST, whether or not it has the file.
function isMissing(status: number): boolean {
  return status === 404 || status === 405;
}
