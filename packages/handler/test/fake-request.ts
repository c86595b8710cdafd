import {
  HttpError,
  normalisePath,
  queryOf,
  type HeaderView,
  type HttpRequest,
  type Peer,
  type RequestBody,
} from "../src/index.ts";

export interface FakeRequestInit {
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: readonly (string | Uint8Array)[] | undefined;
  /** As the client declares it; without it the body is chunked. */
  readonly length?: number;
  readonly encrypted?: boolean;
  readonly signal?: AbortSignal;
  readonly bodyError?: Error;
}

/** An HttpRequest as a server would make it, with what was read of its body on record. */
export class FakeRequest implements HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderView;
  readonly body: FakeBody;
  readonly peer: Peer;
  readonly receivedAt: number = performance.now();
  readonly signal: AbortSignal;

  constructor(target = "/", init: FakeRequestInit = {}) {
    this.method = init.method ?? "GET";
    this.target = target;
    this.headers = new FakeHeaders(init.headers ?? [["Host", "example.org"]]);
    this.body = new FakeBody(init);
    this.peer = { address: "192.0.2.1", port: 50_000, encrypted: init.encrypted ?? false };
    this.signal = init.signal ?? new AbortController().signal;
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
  readonly length: number | undefined;
  readonly #chunks: Uint8Array[];
  readonly #error: Error | undefined;
  /** How many chunks were asked for, and whether the reader said that it wants no more. */
  chunksRead = 0;
  ended = false;

  constructor(init: FakeRequestInit) {
    this.#chunks = (init.body ?? []).map((chunk) =>
      typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk,
    );
    this.#error = init.bodyError;
    this.length = init.body === undefined && init.bodyError === undefined ? 0 : init.length;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (const chunk of this.#chunks) {
        this.chunksRead++;
        yield chunk;
      }
      if (this.#error !== undefined) throw this.#error;
    } finally {
      this.ended = true;
    }
  }
  async bytes(limit = 1_048_576): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    if (bytes.length > limit) throw new HttpError(413, "content-too-large", "Too large");
    return bytes;
  }
  async text(limit?: number): Promise<string> {
    return new TextDecoder().decode(await this.bytes(limit));
  }
  async json(limit?: number): Promise<unknown> {
    return JSON.parse(await this.text(limit));
  }
}
