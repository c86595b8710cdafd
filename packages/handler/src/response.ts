/** What a {@link Handler} answers. A server frames it: a handler never writes `Transfer-Encoding` or `Connection`. */
export interface HttpResponse {
  /** 200 to 599. */
  readonly status: number;
  readonly headers?: HeaderInit | undefined;
  /** Not sent for HEAD, 204 and 304, but `Content-Length` then says what a GET would have sent. */
  readonly body?: ResponseBody | undefined;
}

/**
 * Field names and values: a record (an array is one field line per element), or any iterable of pairs, such as
 * a `Map`, a web-standard `Headers`, or what `encodeFields` of `@tinyhttp/http-parser` made ahead of time.
 * A `Content-Length` here is a promise for a streamed body: the server breaks the connection rather than break it.
 */
export type HeaderInit =
  | Readonly<Record<string, string | readonly string[]>>
  | Iterable<readonly [name: string, value: string]>;

/**
 * - `null` or absent: no content, `Content-Length: 0`. For HEAD and 304 it says nothing of the length: without a
 *   `Content-Length` of the handler, none is sent.
 * - text (sent as UTF-8) or bytes: sent as they are, with their length. The bytes must not change afterwards.
 * - {@link FileSlice}: read piece by piece and always closed.
 * - a stream: `Transfer-Encoding: chunked`, unless the headers promise a `Content-Length`.
 */
export type ResponseBody =
  | null
  | string
  | Uint8Array
  | FileSlice
  | AsyncIterable<Uint8Array>
  | ReadableStream<Uint8Array>;

/** Bytes of known length that are fetched on demand: as a rule, an open file and a byte range of it. */
export interface FileSlice {
  /** Bytes to send; a whole number, 0 or more. */
  readonly length: number;
  /**
   * Fills the front of `into` from `position`, counted from the slice's first byte; never beyond the slice.
   *
   * @returns How many bytes were read, at least 1 while `position < length`.
   * @throws When the file can no longer give the bytes that were announced, or gave others (it was truncated or
   *   rewritten meanwhile). This is known, at the latest, when the last byte is read: the server then breaks the
   *   connection, so that no client takes wrong bytes for a complete answer.
   */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Gives the file back. May be called twice, and while a read is under way. */
  close(): void;
}

/** Whether a body is a {@link FileSlice}. */
export function isFileSlice(body: object): body is FileSlice {
  return "read" in body && "length" in body && typeof body.read === "function";
}
