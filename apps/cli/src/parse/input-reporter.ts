/** As message-report.ts, for an input of which it may not be known yet whether it is requests or responses. */
import { kindOf, type MessageKind } from "./message-kind.ts";
import { MessageReporter, type Report } from "./message-report.ts";
import { requestSource, responseSource } from "./message-source.ts";

export interface InputFacts {
  /** Absent: the first bytes tell. */
  readonly kind?: MessageKind | undefined;
  /** Of the requests that responses answer, in order. */
  readonly requestMethods: readonly string[];
}

export class InputReporter {
  readonly #facts: InputFacts;
  #reporter: MessageReporter | undefined;
  /** Bytes that may still become either kind. */
  #undecided: Uint8Array = new Uint8Array(0);

  constructor(facts: InputFacts) {
    this.#facts = facts;
    if (facts.kind !== undefined) this.#reporter = this.#reporterOf(facts.kind);
  }

  /** Whether the input is broken; the rest of it need not be read. */
  get failed(): boolean {
    return this.#reporter?.failed === true;
  }

  /** @param chunk Must not change before the next call. */
  read(chunk: Uint8Array): Report[] {
    if (this.#reporter !== undefined) return this.#reporter.read(chunk);
    const first = this.#undecided.length === 0 ? chunk : Uint8Array.from([...this.#undecided, ...chunk]);
    const kind = kindOf(first);
    if (kind === undefined) {
      this.#undecided = first;
      return [];
    }
    this.#reporter = this.#reporterOf(kind);
    return this.#reporter.read(first);
  }

  /** Says that the input has ended. */
  end(): Report[] {
    if (this.#reporter !== undefined) return this.#reporter.end();
    this.#reporter = this.#reporterOf("request");
    return [...this.#reporter.read(this.#undecided), ...this.#reporter.end()];
  }

  #reporterOf(kind: MessageKind): MessageReporter {
    return new MessageReporter(kind === "request" ? requestSource() : responseSource(this.#facts.requestMethods));
  }
}
