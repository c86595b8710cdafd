import { HttpError, type RequestBody } from "@tinyhttp/handler";

const DEFAULT_COLLECT_BYTES = 1024 * 1024;

/** Where content comes from: one piece at a time, `undefined` at the end. A promise only when it has to be waited for. */
export interface ContentSource {
  readContent(): Uint8Array | undefined | Promise<Uint8Array | undefined>;
}

/** The content of a request that has some. */
export class ReceivedBody implements RequestBody {
  readonly length: number | undefined;
  readonly #source: ContentSource;
  #taken = false;

  constructor(source: ContentSource, length: number | undefined) {
    this.#source = source;
    this.length = length;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return new ContentIterator(this.#take());
  }

  bytes(limit: number = DEFAULT_COLLECT_BYTES): Promise<Uint8Array> {
    return expected(this.#collect(limit));
  }

  text(limit?: number): Promise<string> {
    return expected(this.bytes(limit).then(decodedText));
  }

  json(limit?: number): Promise<unknown> {
    return expected(this.text(limit).then(parsedJson));
  }

  async #collect(limit: number): Promise<Uint8Array> {
    const source = this.#take();
    if (this.length !== undefined && this.length > limit) throw tooLarge(limit);
    const pieces: Uint8Array[] = [];
    let total = 0;
    for (;;) {
      let piece = source.readContent();
      if (piece instanceof Promise) piece = await piece;
      if (piece === undefined) break;
      total += piece.length;
      if (total > limit) throw tooLarge(limit);
      pieces.push(piece);
    }
    return joined(pieces, total);
  }

  #take(): ContentSource {
    if (this.#taken) throw new TypeError("Cannot read the content of the request: it has been read already");
    this.#taken = true;
    return this.#source;
  }
}

class ContentIterator implements AsyncIterator<Uint8Array> {
  readonly #source: ContentSource;
  #done = false;

  constructor(source: ContentSource) {
    this.#source = source;
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    return expected(this.#next());
  }

  // The rest stays unread: what becomes of it is decided when the response has been sent.
  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#done = true;
    return { done: true, value: undefined };
  }

  async #next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#done) return { done: true, value: undefined };
    const piece = await this.#source.readContent();
    if (piece !== undefined) return { done: false, value: piece };
    this.#done = true;
    return { done: true, value: undefined };
  }
}

/**
 * A client that breaks off fails a read. A handler that has begun to read and is busy with something else cannot have
 * caught that yet: without this, any client could end the process with an unhandled rejection.
 */
function expected<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}

/** The content of every request that has none. */
export const EMPTY_BODY: RequestBody = Object.freeze({
  length: 0,
  bytes: async () => new Uint8Array(0),
  text: async () => "",
  json: async () => parsedJson(""),
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {},
});

function joined(pieces: readonly Uint8Array[], total: number): Uint8Array {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const bytes = new Uint8Array(total);
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.length;
  }
  return bytes;
}

function decodedText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new HttpError(400, "body-not-utf-8", "Cannot read the content of the request: it is not UTF-8", { cause });
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HttpError(400, "body-not-json", "Cannot read the content of the request: it is not JSON", { cause });
  }
}

/** RFC 9110 §15.5.14. */
export function tooLarge(limit: number): HttpError {
  return new HttpError(
    413,
    "body-too-large",
    `Cannot take the content of the request: at most ${limit} bytes are accepted`,
  );
}
