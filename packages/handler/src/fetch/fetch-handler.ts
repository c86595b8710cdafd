import type { Handler } from "../handler.ts";
import { HttpError } from "../http-error.ts";
import type { HttpRequest } from "../request.ts";
import type { HttpResponse } from "../response.ts";
import { bodyErrorOf, lazyRequest } from "./lazy-request.ts";
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
 * The application's body arrives as it is read, without a limit but the server's. A response whose body is at
 * hand is sent with its length, any other as a stream. When the client goes away, `request.signal` aborts and
 * the response's stream is cancelled. An error that reading the request's body threw (413, 408 …) decides the
 * status, where the application only knows to answer with 500.
 *
 * `request` is made to be cheap: `new Request(request)` and `fetch(request)` need `request.clone()` instead.
 *
 * @throws {HttpError} From the handler: 400 for a host or path that makes no URL, 501 for CONNECT, TRACE, TRACK.
 */
export function fetchHandler(app: FetchApp): Handler {
  return (httpRequest) => {
    const { method } = httpRequest;
    if (FORBIDDEN_METHODS.has(method))
      throw new HttpError(501, "method-not-implemented", `Cannot serve the method ${method}`);
    const request = lazyRequest(httpRequest);
    const response = app(request, httpRequest);
    return response instanceof Promise
      ? response.then((answer) => answerWith(answer, request))
      : answerWith(response, request);
  };
}

function answerWith(response: Response, request: Request): HttpResponse | Promise<HttpResponse> {
  const { status, headers, body } = response;
  if (status >= 500) throwBodyError(request);
  if (status < 200) throw new TypeError(`Cannot send a response with the status ${status}: expected 200 to 599`);
  if (request.method === "HEAD") return answerHead(response);
  if (body === null) return { status, headers };
  return settledBody(body).then((settled) => ({ status, headers, body: settled }));
}

// Applications answer HEAD with a GET's fields and no body, whose length is thus unknown, not 0.
function answerHead({ status, headers, body }: Response): HttpResponse {
  return { status, headers, body: body ?? NO_CONTENT };
}

const NO_CONTENT: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
};

function throwBodyError(request: Request): void {
  const error = bodyErrorOf(request);
  if (error !== undefined) throw error;
}
