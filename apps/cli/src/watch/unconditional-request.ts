import type { HeaderView, HttpRequest, Peer, Principal, RequestBody } from "@tinyhttp/handler";

/** What would have a handler answer with a part, with nothing, or in a coding. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "accept-encoding",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "range",
]);

/** The same request, for the whole of what is there, as it is. */
export class UnconditionalRequest implements HttpRequest {
  readonly #request: HttpRequest;
  readonly headers: HeaderView;

  constructor(request: HttpRequest) {
    this.#request = request;
    this.headers = new WithoutConditions(request.headers);
  }

  get method(): string {
    return this.#request.method;
  }

  get target(): string {
    return this.#request.target;
  }

  get path(): string {
    return this.#request.path;
  }

  get query(): string {
    return this.#request.query;
  }

  get body(): RequestBody {
    return this.#request.body;
  }

  get peer(): Peer {
    return this.#request.peer;
  }

  get receivedAt(): number {
    return this.#request.receivedAt;
  }

  get signal(): AbortSignal {
    return this.#request.signal;
  }

  get principal(): Principal | undefined {
    return this.#request.principal;
  }
}

class WithoutConditions implements HeaderView {
  readonly #headers: HeaderView;

  constructor(headers: HeaderView) {
    this.#headers = headers;
  }

  get(name: string): string | undefined {
    return LEFT_OUT.has(name.toLowerCase()) ? undefined : this.#headers.get(name);
  }

  getAll(name: string): string[] {
    return LEFT_OUT.has(name.toLowerCase()) ? [] : this.#headers.getAll(name);
  }

  has(name: string): boolean {
    return !LEFT_OUT.has(name.toLowerCase()) && this.#headers.has(name);
  }

  flat(): string[] {
    return [...this].flat();
  }

  *[Symbol.iterator](): Iterator<readonly [string, string]> {
    for (const field of this.#headers) if (!LEFT_OUT.has(field[0].toLowerCase())) yield field;
  }
}
