import type { HttpRequest, RequestBody } from "../request.ts";
import { byteStream } from "./byte-stream.ts";
import { lazyHeaders } from "./lazy-headers.ts";
import { requestUrl } from "./request-url.ts";

/**
 * A request that may have content, as a real `Request`: applications make another Request of this one to
 * replace its body or method, which only works with a real one. The body is read as the application asks.
 */
export function contentRequest(request: HttpRequest, content: WatchedContent): Request {
  const { method, signal, body, peer } = request;
  const init: RequestInit & { duplex: "half" } = {
    method,
    headers: lazyHeaders(request.headers),
    signal,
    duplex: "half",
  };
  if (body.length !== 0) init.body = byteStream(content);
  return Object.assign(new Request(requestUrl(request), init), { ip: peer.address || undefined });
}

/** A request's content, and why it could not be read. */
export class WatchedContent implements AsyncIterable<Uint8Array> {
  /** What reading threw; `undefined` as long as nothing did. */
  error: unknown;
  readonly #body: RequestBody;

  constructor(body: RequestBody) {
    this.#body = body;
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
