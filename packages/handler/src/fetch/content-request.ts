import type { HttpRequest, RequestBody } from "../request.ts";
import { byteStream } from "./byte-stream.ts";
import { requestUrl } from "./request-url.ts";

const UTF_8 = new TextDecoder();

/**
 * A request that may have content. It is a real `Request`, since applications make others of it, to replace its
 * body or method. What they mostly want, the whole body, does not go through its stream, and `signal` is made when
 * somebody looks, not by the constructor: together that halves the cost. Another Request made of this one
 * therefore has a signal of its own, unless it is given this one's.
 */
class ContentRequest extends Request {
  readonly #own: HttpRequest;
  readonly #content: WatchedContent;
  #wasRead = false;
  #wasCloned = false;

  constructor(request: HttpRequest, content: WatchedContent) {
    const init: RequestInit & { duplex: "half" } = {
      method: request.method,
      headers: [...request.headers] as [string, string][],
      body: request.body.length === 0 ? null : byteStream(content),
      duplex: "half",
    };
    super(requestUrl(request), init);
    this.#own = request;
    this.#content = content;
  }

  override get signal(): AbortSignal {
    return this.#own.signal;
  }
  /** The client's address: not in the standard, but h3 and others look for it here. */
  get ip(): string | undefined {
    return this.#own.peer.address || undefined;
  }
  override get bodyUsed(): boolean {
    return this.#wasRead || super.bodyUsed;
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#takesAll() ? this.#content.bytes() : super.bytes();
  }
  override async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = await this.bytes();
    return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : new Uint8Array(bytes).buffer;
  }
  override async text(): Promise<string> {
    return UTF_8.decode(await this.bytes());
  }
  override async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
  override async blob(): Promise<Blob> {
    this.#refuseSecondRead();
    return super.blob();
  }
  override async formData(): Promise<FormData> {
    this.#refuseSecondRead();
    return super.formData();
  }
  override clone(): Request {
    this.#refuseSecondRead();
    this.#wasCloned = true;
    return super.clone();
  }

  /** Whether nobody has begun to read, so that the body can be had past the stream. From now on it is read. */
  #takesAll(): boolean {
    this.#refuseSecondRead();
    if (this.#wasCloned || super.bodyUsed || super.body === null || super.body.locked) return false;
    this.#wasRead = true;
    return true;
  }

  #refuseSecondRead(): void {
    if (this.#wasRead) throw new TypeError("Cannot read the body of the request: it has been read already");
  }
}

/** A request's content, and why it could not be read. */
export class WatchedContent implements AsyncIterable<Uint8Array> {
  /** What reading threw; `undefined` as long as nothing did. */
  error: unknown;
  readonly #body: RequestBody;

  constructor(body: RequestBody) {
    this.#body = body;
  }

  /** All of it. No limit but the server's: an application brings its own, and expects none of this. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    try {
      const { buffer, byteOffset, byteLength } = await this.#body.bytes(Number.POSITIVE_INFINITY);
      // A plain view, whatever subclass the server's bytes are of: a Buffer's `slice` means something else.
      return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
    } catch (error) {
      this.error = error;
      throw error;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#body) yield chunk;
    } catch (error) {
      this.error = error;
      throw error;
    }
  }
}

/** A request with any method but GET and HEAD as a `Request`. */
export function contentRequest(request: HttpRequest, content: WatchedContent): Request {
  return new ContentRequest(request, content);
}
