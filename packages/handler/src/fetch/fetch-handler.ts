import type { Handler } from "../handler.ts";
import { HttpError } from "../http-error.ts";
import type { HttpRequest } from "../request.ts";
import type { HttpResponse } from "../response.ts";
import { contentRequest, WatchedContent } from "./content-request.ts";
import { lazyRequest } from "./lazy-request.ts";
import { lightHttpResponse } from "./light-response.ts";
import { settledBody } from "./settled-body.ts";

/**
 * A web-standard application: `app.fetch` of Hono, h3 and others. The second argument is the server's own
 * request, for what `Request` does not tell, such as `peer`; Hono calls it `c.env`.
 */
export type FetchApp = (request: Request, httpRequest: HttpRequest) => Response | Promise<Response>;

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
export function fetchHandler(app: FetchApp): Handler {
  return (httpRequest) => {
    const { method, body } = httpRequest;
    if (method === "GET" || method === "HEAD") return settle(app(lazyRequest(httpRequest), httpRequest), method);
    if (FORBIDDEN_METHODS.has(method))
      throw new HttpError(501, "method-not-implemented", `Cannot serve the method ${method}`);
    const content = new WatchedContent(body);
    return settle(app(contentRequest(httpRequest, content), httpRequest), method, content);
  };
}

function settle(
  response: Response | Promise<Response>,
  method: string,
  content?: WatchedContent,
): HttpResponse | Promise<HttpResponse> {
  if (response instanceof Promise) return response.then((answer) => httpResponse(answer, method, content));
  return httpResponse(response, method, content);
}

function httpResponse(
  response: Response,
  method: string,
  content: WatchedContent | undefined,
): HttpResponse | Promise<HttpResponse> {
  const { status, headers, body = null } = lightHttpResponse(response) ?? response;
  if (status >= 500 && content?.error !== undefined) throw content.error;
  if (status < 200) throw new TypeError(`Cannot send a response with the status ${status}: expected 200 to 599`);
  if (body === null) return { status, headers, body: method === "HEAD" ? UNKNOWN_CONTENT : null };
  if (!(body instanceof ReadableStream)) return { status, headers, body };
  return settledBody(body).then((settled) => ({ status, headers, body: settled }));
}

// Applications answer HEAD with a GET's fields and no body. Its length is then not 0 but unknown (RFC 9110 §8.6).
const UNKNOWN_CONTENT: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
};
