import type { HttpRequest } from "../request.ts";
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
  readonly url: string;
  readonly #request: HttpRequest;
  #headers: Headers | undefined;
  #real: Request | undefined;

  constructor(request: HttpRequest) {
    this.#request = request;
    this.url = requestUrl(request);
  }

  static realOf(request: LazyRequest): Request {
    const { url, method, headers, signal } = request;
    return (request.#real ??= new Request(url, { method, headers, signal }));
  }

  get method(): string {
    return this.#request.method;
  }
  get headers(): Headers {
    return (this.#headers ??= lazyHeaders(this.#request.headers));
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

handOnTheRest();
Object.setPrototypeOf(LazyRequest.prototype, Request.prototype);

/** A GET or HEAD as a `Request` that costs nearly nothing. */
export function lazyRequest(request: HttpRequest): Request {
  return new LazyRequest(request) as unknown as Request;
}

// Whatever else this runtime's Request has, now or later, is answered by the real one.
function handOnTheRest(): void {
  for (const name of Object.getOwnPropertyNames(Request.prototype)) {
    if (Object.hasOwn(LazyRequest.prototype, name) || name === "url") continue;
    Object.defineProperty(LazyRequest.prototype, name, {
      get(this: LazyRequest): unknown {
        const real = LazyRequest.realOf(this);
        const value: unknown = Reflect.get(real, name);
        return typeof value === "function" ? value.bind(real) : value;
      },
    });
  }
}
