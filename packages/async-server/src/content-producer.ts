/** Where streamed content comes from, and how to say that no more is wanted. */
export interface ContentProducer {
  next(): Promise<Uint8Array | undefined>;
  /** May be called at any time and more than once; also while `next` is under way. */
  cancel(): void;
}

/** Content that is produced piece by piece. */
export type StreamedBody = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** Whether a body is one of the two kinds of stream; a ReadableStream need not be iterable. */
export function isStream(body: unknown): body is StreamedBody {
  return typeof body === "object" && body !== null && (Symbol.asyncIterator in body || "getReader" in body);
}

/**
 * A stream of either kind as a {@link ContentProducer}.
 *
 * @throws {TypeError} Somebody else reads it already.
 */
export function contentProducer(stream: StreamedBody): ContentProducer {
  // A reader can be cancelled while it waits for the next chunk; an iterator of the same stream cannot.
  return "getReader" in stream ? new ReaderProducer(stream.getReader()) : new IteratorProducer(stream);
}

class ReaderProducer implements ContentProducer {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader;
  }

  async next(): Promise<Uint8Array | undefined> {
    const { done, value } = await this.#reader.read();
    return done ? undefined : value;
  }

  cancel(): void {
    this.#reader.cancel().catch(ignore);
  }
}

class IteratorProducer implements ContentProducer {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #done = false;

  constructor(iterable: AsyncIterable<Uint8Array>) {
    this.#iterator = iterable[Symbol.asyncIterator]();
  }

  async next(): Promise<Uint8Array | undefined> {
    const { done = false, value } = await this.#iterator.next();
    this.#done ||= done;
    return done ? undefined : value;
  }

  cancel(): void {
    if (this.#done) return;
    this.#done = true;
    // A generator that was never started has nothing to clean up; one that waits cleans up when it goes on.
    this.#return().catch(ignore);
  }

  async #return(): Promise<void> {
    await this.#iterator.return?.();
  }
}

// Whoever produces content learns of its own failure; there is nobody left to send it to.
function ignore(): void {}
