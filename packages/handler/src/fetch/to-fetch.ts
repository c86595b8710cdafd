import { errorResponse } from "../error-response.ts";
import type { Handler } from "../handler.ts";
import { isHttpError } from "../http-error.ts";
import type { Peer } from "../request.ts";
import { FetchedRequest } from "./fetched-request.ts";
import { webResponse } from "./web-response.ts";

export interface ToFetchOptions {
  /**
   * Tells who sent a request, where the application around knows. Without it the address is `unknown`, the port 0,
   * and `encrypted` follows the URL's scheme.
   */
  readonly peer?: ((request: Request) => Peer) | undefined;
}

/**
 * Makes a handler callable by web-standard applications and servers: a route of Hono or h3, `Deno.serve`,
 * `Bun.serve`, a worker.
 *
 * An `HttpError` becomes its response. Anything else that the handler throws rejects, so that the application
 * around logs it and answers with 500 as it does for its own errors.
 *
 * A path with an empty segment (`/a//b`) is answered with 400: the application around has already decided by
 * its own reading of it, which may differ.
 */
export function toFetch(handler: Handler, options?: ToFetchOptions): (request: Request) => Promise<Response> {
  const peerOf = options?.peer;
  return async (request) => {
    try {
      const response = await handler(new FetchedRequest(request, peerOf?.(request)));
      return webResponse(response, request.method);
    } catch (error) {
      if (isHttpError(error)) return webResponse(errorResponse(error), request.method);
      throw error;
    }
  };
}
