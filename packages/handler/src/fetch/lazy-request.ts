import type { HttpRequest } from "../request.ts";
import { handOn } from "./hand-on.ts";
import { lazyHeaders } from "./lazy-headers.ts";
import { requestUrl } from "./request-url.ts";

/**
 * A GET or HEAD as a web-standard `Request`. A real one with a browser's fields costs about as much as the rest
 * of a small response, so this class answers itself what applications ask (method, URL, fields, signal), and
 * makes a real one for everything else.
 *
 * `instanceof Request` holds. `new Request(request)` and `fetch(request)` look into slots that only the real
 * constructor fills, so they throw; `request.clone()` is a real one.
 */
class LazyRequest {
  readonly #url: string;
  readonly #method: string;
  readonly #fields: readonly string[];
  readonly #request: HttpRequest;
  #headers: Headers | undefined;
  #real: Request | undefined;

  constructor(request: HttpRequest) {
    this.#request = request;
    this.#url = requestUrl(request);
    this.#method = request.method;
    // Taken now: an application may look at its Request after the response, when the server has let go of the head.
    this.#fields = request.headers.flat();
  }

  static realOf(this: void, request: LazyRequest): Request {
    const { url, method, headers, signal } = request;
    return (request.#real ??= new Request(url, { method, headers, signal }));
  }

  get url(): string {
    return this.#url;
  }
  get method(): string {
    return this.#method;
  }
  get headers(): Headers {
    return (this.#headers ??= lazyHeaders(this.#fields));
  }
  get signal(): AbortSignal {
    return this.#request.signal;
  }
  // Fetch knows no content in a GET or HEAD.
  get body(): null {
    return null;
  }
  /** The client's address: not in the standard, but h3 and others look for it here. */
  get ip(): string | undefined {
    return this.#request.peer.address || undefined;
  }
}

handOn(LazyRequest, Request, LazyRequest.realOf);

/** A GET or HEAD as a `Request` that costs nearly nothing. */
export function lazyRequest(request: HttpRequest): Request {
  return new LazyRequest(request) as unknown as Request;
}
