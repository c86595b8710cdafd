import { inspect } from "node:util";

const REDACTED = "[secret]";

/** Text that does not show itself: not in a log line, not as JSON, not in a debugger's or console's view of an object. */
export class Secret {
  static {
    Object.defineProperty(this.prototype, inspect.custom, { value: () => REDACTED });
  }
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. The name is long enough to be searched for. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }
}
