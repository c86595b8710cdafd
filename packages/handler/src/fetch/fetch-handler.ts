import type { Handler } from "../handler.ts";
import { HttpError } from "../http-error.ts";
import type { HttpRequest } from "../request.ts";
import type { HttpResponse } from "../response.ts";
import { contentRequest, WatchedContent } from "./content-request.ts";
import { lazyRequest } from "./lazy-request.ts";
import { installLightResponse, lightHttpResponse } from "./light-response.ts";
import { settledBody } from "./settled-body.ts";

/**
 * A web-standard application: `app.fetch` of Hono, h3 and others. The second argument is the server's own
 * request, for what `Request` does not tell, such as `peer`; Hono calls it `c.env`.
 */
export type FetchApp = (request: Request, httpRequest: HttpRequest) => Response | Promise<Response>;

export interface FetchHandlerOptions {
  /**
   * Whether the global `Response` is replaced, for the whole program, by one that keeps text as text until the server
   * sends it: a real one puts text into a stream, and to have it back from there costs more than all else. Subclasses,
   * `instanceof`, every property and every error are those of the real one. Default `true`; a global that is somebody
   * else's replacement already stays.
   */
  readonly lightResponse?: boolean | undefined;
}

// Methods that a web-standard Request cannot have.
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(["CONNECT", "TRACE", "TRACK"]);

/**
 * Serves a web-standard application.
 *
 * The request's body arrives as the application reads it, with no limit but the server's. A response whose body
 * is at hand is sent with its length, any other as a stream. When the client goes away, `request.signal` aborts
 * and the response's stream is cancelled. Where reading the body threw (413, 408 …) and the application knew
 * only to answer with 500, that error decides the status.
 *
 * For a GET or HEAD, `new Request(request)` and `fetch(request)` need `request.clone()` instead: that request
 * is made to be cheap.
 *
 * @throws {HttpError} From the handler: 400 for a host or path that makes no URL, 501 for CONNECT, TRACE, TRACK.
 */
export function fetchHandler(app: FetchApp, options: FetchHandlerOptions = {}): Handler {
  if (options.lightResponse !== false) installLightResponse();
  return (httpRequest) => {
    const { method, body } = httpRequest;
    if (method === "GET" || method === "HEAD") return settle(app(lazyRequest(httpRequest), httpRequest));
    if (FORBIDDEN_METHODS.has(method))
      throw new HttpError(501, "method-not-implemented", `Cannot serve the method ${method}`);
    const content = new WatchedContent(body);
    return settle(app(contentRequest(httpRequest, content), httpRequest), content);
  };
}

function settle(
  response: Response | Promise<Response>,
  content?: WatchedContent,
): HttpResponse | Promise<HttpResponse> {
  // An application in plain JavaScript may return anything.
  if (typeof response !== "object" || response === null) {
    throw new TypeError(
      `Cannot answer with what the application returned: expected a Response, got ${typeof response}`,
    );
  }
  if ("then" in response) return response.then((answer) => settle(answer, content));
  return httpResponse(response, content);
}

function httpResponse(response: Response, content: WatchedContent | undefined): HttpResponse | Promise<HttpResponse> {
  const answer = lightHttpResponse(response) ?? response;
  const { status, headers, body } = answer;
  if (status >= 500 && content?.error !== undefined) throw content.error;
  if (status < 200) throw new TypeError(`Cannot send a response with the status ${status}: expected 200 to 599`);
  if (!(body instanceof ReadableStream)) return answer === response ? { status, headers, body } : answer;
  return settledBody(body).then((settled) => ({ status, headers, body: settled }));
}
