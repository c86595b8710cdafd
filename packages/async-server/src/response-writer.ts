/** Writes planned responses to one connection, and knows how to stop in the middle of one. */
import { type HttpResponse, releaseBody } from "@tinyhttp/handler";
import type { ContentProducer } from "./content-producer.ts";
import { sendFile } from "./file-body.ts";
import type { Outbox } from "./outbox.ts";
import { NO_CONTENT, type PlannedContent, type ResponsePlan } from "./response-plan.ts";
import { sendStream } from "./stream-body.ts";

/** Beyond, to put head and text together costs more than to write them one after the other. */
const SHORT_TEXT = 4096;
/** OpenSSL encrypts all of a write at once, into memory of this one connection; what is not encrypted is shared by all. */
const LARGEST_ENCRYPTED_BYTES = 65_536;

type HeldContent = Extract<PlannedContent, { kind: "none" | "bytes" | "text" }>;

export class ResponseWriter {
  readonly #outbox: Outbox;
  readonly #isGone: () => boolean;
  readonly #countSent: (bytes: number) => void;
  #producer: ContentProducer | undefined;
  /** Whether the head of the current response was handed over. */
  headSent = false;
  /** Bytes of content of the current response that were handed over. */
  bytesSent = 0;

  constructor(outbox: Outbox, isGone: () => boolean) {
    this.#outbox = outbox;
    this.#isGone = isGone;
    this.#countSent = (bytes) => {
      this.bytesSent += bytes;
    };
  }

  /**
   * @returns A promise when the content has to be waited for. When it fails, the response is incomplete and cannot be
   *   completed.
   */
  write(plan: ResponsePlan): Promise<void> | undefined {
    const content = plan.sendsContent ? plan.content : NO_CONTENT;
    this.bytesSent = 0;
    this.headSent = false;
    if (content.kind === "file") {
      return sendFile(content.slice, this.#outbox, () => this.#addHead(plan), this.#isGone, this.#countSent);
    }
    if (content.kind === "stream") {
      this.#addHead(plan);
      this.#producer = content.producer;
      return this.#stream(content.producer, content);
    }
    const length = content.kind === "none" ? 0 : content.length;
    if (content.kind !== "none" && this.#outbox.encrypts && length > LARGEST_ENCRYPTED_BYTES) {
      this.#addHead(plan);
      return this.#sendInPieces(content.kind === "text" ? Buffer.from(content.text) : content.bytes);
    }
    this.bytesSent = length;
    if (plan.whole !== undefined && this.#outbox.canBorrow) {
      this.headSent = true;
      this.#outbox.addLent(plan.whole);
    } else {
      this.#addWhole(plan, content);
    }
    return undefined;
  }

  #addWhole(plan: ResponsePlan, content: HeldContent): void {
    // As many bytes as characters: it is ASCII, and goes the way of the head, in one piece with it where that is text.
    const isAscii = content.kind === "text" && content.length === content.text.length && content.length <= SHORT_TEXT;
    if (isAscii && plan.headBytes === undefined) {
      this.headSent = true;
      this.#outbox.addLatin1(plan.head + content.text);
      return;
    }
    this.#addHead(plan);
    if (isAscii) this.#outbox.addLatin1(content.text);
    else if (content.kind === "bytes") this.#outbox.addBytes(content.bytes);
    else if (content.kind === "text") this.#outbox.addUtf8(content.text, content.length);
  }

  /** The client is gone: whoever produces content is told at once. */
  cancel(): void {
    this.#producer?.cancel();
    this.#producer = undefined;
  }

  #addHead({ head, headBytes, headRest }: ResponsePlan): void {
    this.headSent = true;
    if (headBytes === undefined) this.#outbox.addLatin1(head);
    else this.#outbox.addBytes(headBytes);
    if (headRest !== undefined) this.#outbox.addLatin1(headRest);
  }

  async #sendInPieces(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && !this.#isGone(); at += LARGEST_ENCRYPTED_BYTES) {
      if (at > 0) await this.#outbox.taken();
      const piece = bytes.subarray(at, at + LARGEST_ENCRYPTED_BYTES);
      this.#outbox.addBytes(piece);
      this.#outbox.flush();
      this.#countSent(piece.length);
    }
  }

  async #stream(producer: ContentProducer, content: PlannedContent & { kind: "stream" }): Promise<void> {
    try {
      await sendStream(producer, this.#outbox, content, this.#isGone, this.#countSent);
    } finally {
      producer.cancel();
      this.#producer = undefined;
    }
  }
}

/** Gives back what content holds that will not be sent: a file is closed, a stream is told that nobody reads it. */
export function discardContent(content: PlannedContent): void {
  if (content.kind === "file") content.slice.close();
  else if (content.kind === "stream") content.producer.cancel();
}

/** As {@link discardContent}, for a response of which nothing is known, not even that it is one. */
export function discardBody(response: HttpResponse | undefined): void {
  try {
    releaseBody(response?.body);
  } catch {
    // It is no body, or one that somebody else has begun to read, and ends.
  }
}
