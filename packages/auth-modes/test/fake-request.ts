import {
  type HeaderView,
  type HttpRequest,
  normalisePath,
  type Peer,
  type Principal,
  queryOf,
  type RequestBody,
} from "@tinyhttp/handler";

export interface FakeRequestInit {
  readonly method?: string;
  /** `Host: localhost` where none is given. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly peer?: Partial<Peer>;
  readonly body?: string;
}

/** A request as a server would hand it to a policy. */
export class FakeRequest implements HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderView;
  readonly body: RequestBody;
  readonly peer: Peer;
  readonly receivedAt: number = performance.now();
  readonly signal: AbortSignal = new AbortController().signal;
  principal: Principal | undefined = undefined;

  constructor(target = "/", init: FakeRequestInit = {}) {
    const headers = init.headers ?? [];
    const hasHost = headers.some(([name]) => name.toLowerCase() === "host");
    this.method = init.method ?? "GET";
    this.target = target;
    this.headers = new FakeHeaders(hasHost ? headers : [["Host", "localhost"], ...headers]);
    this.body = new FakeBody(init.body ?? "");
    this.peer = { address: "127.0.0.1", port: 50_000, encrypted: false, ...init.peer };
  }

  get path(): string {
    return normalisePath(this.target);
  }
  get query(): string {
    return queryOf(this.target);
  }
}

class FakeHeaders implements HeaderView {
  readonly #lines: readonly (readonly [string, string])[];

  constructor(lines: readonly (readonly [string, string])[]) {
    this.#lines = lines;
  }
  get(name: string): string | undefined {
    const values = this.getAll(name);
    return values.length === 0 ? undefined : values.join(", ");
  }
  getAll(name: string): string[] {
    return this.#lines.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  }
  has(name: string): boolean {
    return this.getAll(name).length > 0;
  }
  flat(): string[] {
    return this.#lines.flat();
  }
  [Symbol.iterator](): Iterator<readonly [string, string]> {
    return this.#lines[Symbol.iterator]();
  }
}

class FakeBody implements RequestBody {
  readonly #bytes: Uint8Array;

  constructor(text: string) {
    this.#bytes = new TextEncoder().encode(text);
  }
  get length(): number {
    return this.#bytes.length;
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    yield this.#bytes;
  }
  async bytes(): Promise<Uint8Array> {
    return this.#bytes;
  }
  async text(): Promise<string> {
    return new TextDecoder().decode(this.#bytes);
  }
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}
