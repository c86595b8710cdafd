/**
 * JSON (RFC 8259) that remembers where each value stands, so that whoever reads a configuration can be told the line
 * and the column. Stricter than `JSON.parse` in one way: a name that occurs twice in an object is an error.
 */

export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;
}

export type JsonNode =
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, JsonMember>; readonly place: Place }
  | { readonly kind: "array"; readonly items: readonly JsonNode[]; readonly place: Place }
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null; readonly place: Place };

export interface JsonMember {
  /** Of the name. */
  readonly place: Place;
  readonly node: JsonNode;
}

/** The text is no JSON. Its message completes "Cannot …: ". */
export class JsonError extends SyntaxError {
  static {
    this.prototype.name = "JsonError";
  }
  readonly place: Place;

  constructor(message: string, place: Place) {
    super(message);
    this.place = place;
  }
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const COMMENT = /\/[/*]/y;
// Deeper than any configuration; a file of brackets must not use up the stack.
const MAX_DEPTH = 32;

/** @throws {JsonError} */
export function readJson(text: string): JsonNode {
  return new JsonReader(text).document();
}

class JsonReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text.startsWith("\ufeff") ? text.slice(1) : text;
  }

  document(): JsonNode {
    const node = this.#value();
    this.#take(SPACE);
    if (this.#at < this.#text.length) this.#fail("expected nothing behind the last brace");
    return node;
  }

  #value(): JsonNode {
    this.#take(SPACE);
    const place = this.#place();
    const next = this.#text[this.#at];
    if (next === "{") return { kind: "object", members: this.#members(), place };
    if (next === "[") return { kind: "array", items: this.#items(), place };
    const literal = next === '"' ? this.#string("a string") : this.#take(SCALAR);
    if (literal === undefined) this.#fail("expected a value");
    return { kind: "scalar", value: JSON.parse(literal) as string | number | boolean | null, place };
  }

  #members(): Map<string, JsonMember> {
    const members = new Map<string, JsonMember>();
    this.#each("}", () => {
      const place = this.#place();
      const name = JSON.parse(this.#string("a name in double quotes")) as string;
      if (members.has(name)) {
        throw new JsonError(`${JSON.stringify(name)} is there twice; leave one of them out`, place);
      }
      this.#take(SPACE);
      this.#expect(":", "a colon behind the name");
      members.set(name, { place, node: this.#value() });
    });
    return members;
  }

  #items(): JsonNode[] {
    const items: JsonNode[] = [];
    this.#each("]", () => items.push(this.#value()));
    return items;
  }

  /** From an opening bracket to its closing one, with commas between what `readOne` reads. */
  #each(closing: string, readOne: () => void): void {
    if (++this.#depth > MAX_DEPTH) this.#fail(`expected at most ${MAX_DEPTH} brackets in each other`);
    this.#at++;
    this.#take(SPACE);
    let isFirst = true;
    while (this.#text[this.#at] !== closing) {
      if (!isFirst) {
        this.#expect(",", `a comma or ${closing}`);
        this.#take(SPACE);
      }
      isFirst = false;
      readOne();
      this.#take(SPACE);
    }
    this.#at++;
    this.#depth--;
  }

  #string(wanted: string): string {
    return this.#take(STRING) ?? this.#fail(`expected ${wanted}`);
  }

  #expect(character: string, wanted: string): void {
    if (this.#text[this.#at] !== character) this.#fail(`expected ${wanted}`);
    this.#at++;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }

  #place(): Place {
    const before = this.#text.slice(0, this.#at).split("\n");
    return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  }

  #fail(wanted: string): never {
    const place = this.#place();
    if (this.#take(COMMENT) !== undefined) throw new JsonError("JSON has no comments; leave it out", place);
    const character = this.#text[this.#at];
    throw new JsonError(`${wanted}, got ${character === undefined ? "the end" : JSON.stringify(character)}`, place);
  }
}
