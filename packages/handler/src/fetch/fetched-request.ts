import { HttpError } from "../http-error.ts";
import { badPath, normalisePath } from "../request-path.ts";
import type { HeaderView, HttpRequest, Peer, Principal, RequestBody } from "../request.ts";

/** A web-standard `Request` as an `HttpRequest`. */
export class FetchedRequest implements HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderView;
  readonly body: RequestBody;
  readonly peer: Peer;
  readonly query: string;
  readonly receivedAt: number = performance.now();
  principal: Principal | undefined = undefined;
  readonly #request: Request;
  readonly #pathname: string;
  #path: string | undefined;

  constructor(request: Request, peer: Peer | undefined) {
    const url = new URL(request.url);
    this.method = request.method;
    this.target = url.pathname + url.search;
    this.query = url.search.slice(1);
    this.headers = new FetchedHeaders(request.headers);
    this.body = new FetchedBody(request);
    this.peer = peer ?? { address: "unknown", port: 0, encrypted: url.protocol === "https:" };
    this.#request = request;
    this.#pathname = url.pathname;
  }

  get path(): string {
    return (this.#path ??= routedPath(this.#pathname));
  }
  get signal(): AbortSignal {
    return this.#request.signal;
  }
}

// The application around us has routed, and perhaps guarded, by the path as it stands. Empty segments would
// vanish here: `/files//private/x` passes a guard of `/files/private/`, and would then be opened as just that.
function routedPath(pathname: string): string {
  if (pathname.includes("//")) throw badPath("it has an empty segment");
  return normalisePath(pathname);
}

class FetchedHeaders implements HeaderView {
  readonly #headers: Headers;

  constructor(headers: Headers) {
    this.#headers = headers;
  }
  get(name: string): string | undefined {
    return this.#headers.get(name) ?? undefined;
  }
  /** `Headers` joins repeated fields as it takes them, so there is at most one value. */
  getAll(name: string): string[] {
    const value = this.#headers.get(name);
    return value === null ? [] : [value];
  }
  has(name: string): boolean {
    return this.#headers.has(name);
  }
  flat(): string[] {
    return [...this.#headers].flat();
  }
  [Symbol.iterator](): Iterator<readonly [string, string]> {
    return this.#headers[Symbol.iterator]();
  }
}

const DEFAULT_LIMIT_BYTES = 1_048_576;

class FetchedBody implements RequestBody {
  readonly length: number | undefined;
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
    this.length = request.body === null ? 0 : declaredLength(request.headers);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const { body } = this.#request;
    if (body === null) return;
    const reader = body.getReader();
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
    } finally {
      await reader.cancel();
    }
  }

  async bytes(limit: number = DEFAULT_LIMIT_BYTES): Promise<Uint8Array> {
    if (this.length !== undefined && this.length > limit) throw tooLarge(limit);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of this) {
      length += chunk.byteLength;
      if (length > limit) throw tooLarge(limit);
      chunks.push(chunk);
    }
    const whole = new Uint8Array(length);
    let offset = 0;
    for (const chunk of chunks) {
      whole.set(chunk, offset);
      offset += chunk.byteLength;
    }
    return whole;
  }

  async text(limit?: number): Promise<string> {
    const bytes = await this.bytes(limit);
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch (cause) {
      throw new HttpError(400, "body-not-utf-8", "Cannot read the content of the request: it is not UTF-8", { cause });
    }
  }

  async json(limit?: number): Promise<unknown> {
    const text = await this.text(limit);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new HttpError(400, "body-not-json", "Cannot read the content of the request: it is not JSON", { cause });
    }
  }
}

function declaredLength(headers: Headers): number | undefined {
  const value = headers.get("content-length");
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

function tooLarge(limit: number): HttpError {
  return new HttpError(
    413,
    "body-too-large",
    `Cannot read the content of the request: it is longer than ${limit} bytes`,
  );
}
