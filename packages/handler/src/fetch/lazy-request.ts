import type { HttpRequest } from "../request.ts";
import { byteStream } from "./byte-stream.ts";
import { lazyHeaders } from "./lazy-headers.ts";
import { requestUrl } from "./request-url.ts";

/**
 * An `HttpRequest` as a web-standard `Request`. It answers itself what nearly every application asks (method,
 * URL, fields, signal, the body as a whole), since a real Request costs as much as a small application does.
 * For the rest (`body` as a stream, `clone`, `formData`, `mode` …) it makes a real one and hands on to it.
 *
 * `instanceof Request` holds. `new Request(request)` and `fetch(request)` look into slots that only the real
 * constructor fills, so they throw; `request.clone()` gives them a real one.
 */
class LazyRequest {
  readonly url: string;
  readonly #request: HttpRequest;
  #headers: Headers | undefined;
  #real: Request | undefined;
  #wasRead = false;
  #bodyError: unknown;

  constructor(request: HttpRequest) {
    this.#request = request;
    this.url = requestUrl(request);
  }

  /** The real Request; it owns the body from now on. */
  static realOf(request: LazyRequest): Request {
    return (request.#real ??= request.#makeReal());
  }
  static bodyErrorOf(request: LazyRequest): unknown {
    return request.#bodyError;
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
  /** The client's address: not in the standard, but h3 and others look for it here. */
  get ip(): string | undefined {
    return this.#request.peer.address || undefined;
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    if (!this.#hasBody()) return null;
    return this.#wasRead ? lockedStream() : LazyRequest.realOf(this).body;
  }
  get bodyUsed(): boolean {
    return this.#wasRead || (this.#real?.bodyUsed ?? false);
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    this.#refuseSecondRead();
    if (this.#real !== undefined) return this.#real.bytes();
    if (!this.#hasBody()) return new Uint8Array(0);
    this.#wasRead = true;
    try {
      // No limit but the server's: an application brings its own, and expects none of this class.
      return (await this.#request.body.bytes(Number.POSITIVE_INFINITY)) as Uint8Array<ArrayBuffer>;
    } catch (error) {
      this.#bodyError = error;
      throw error;
    }
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = await this.bytes();
    return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
  }
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
  async blob(): Promise<Blob> {
    this.#refuseSecondRead();
    return LazyRequest.realOf(this).blob();
  }
  async formData(): Promise<FormData> {
    this.#refuseSecondRead();
    return LazyRequest.realOf(this).formData();
  }
  clone(): Request {
    this.#refuseSecondRead();
    return LazyRequest.realOf(this).clone();
  }

  #refuseSecondRead(): void {
    if (this.#wasRead) throw new TypeError("Cannot read the body of the request: it has been read already");
  }

  // Fetch knows no content in a GET or HEAD request.
  #hasBody(): boolean {
    const { method, body } = this.#request;
    return body.length !== 0 && method !== "GET" && method !== "HEAD";
  }

  #makeReal(): Request {
    const { url, method, headers, signal } = this;
    if (this.#wasRead || !this.#hasBody()) return new Request(url, { method, headers, signal });
    const init: RequestInit & { duplex: "half" } = {
      method,
      headers,
      signal,
      body: byteStream(this.#watchedBody()),
      duplex: "half",
    };
    return new Request(url, init);
  }

  async *#watchedBody(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#request.body;
    } catch (error) {
      this.#bodyError = error;
      throw error;
    }
  }
}

handOnTheRest();
Object.setPrototypeOf(LazyRequest.prototype, Request.prototype);

/** `request` as a `Request` that costs nearly nothing until more than its head is used. */
export function lazyRequest(request: HttpRequest): Request {
  return new LazyRequest(request) as unknown as Request;
}

/** Why the body of a {@link lazyRequest} could not be read; `undefined` when it could or nobody tried. */
export function bodyErrorOf(request: Request): unknown {
  return LazyRequest.bodyErrorOf(request as unknown as LazyRequest);
}

// Whatever else this runtime's Request has, now or later, is answered by the real one.
function handOnTheRest(): void {
  for (const name of Object.getOwnPropertyNames(Request.prototype)) {
    if (Object.hasOwn(LazyRequest.prototype, name) || name === "url") continue;
    Object.defineProperty(LazyRequest.prototype, name, {
      get(this: LazyRequest): unknown {
        const value: unknown = Reflect.get(LazyRequest.realOf(this), name);
        return typeof value === "function" ? value.bind(LazyRequest.realOf(this)) : value;
      },
    });
  }
}

function lockedStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>();
  stream.getReader();
  return stream;
}
