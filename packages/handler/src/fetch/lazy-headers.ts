import { handOn } from "./hand-on.ts";

/**
 * A request's field lines as web-standard `Headers`. Real `Headers` are made when somebody changes or lists them;
 * `get` and `has`, which is what applications do, need none.
 */
class LazyHeaders {
  /** Names and values in turn. */
  readonly #fields: readonly string[];
  #real: Headers | undefined;

  constructor(fields: readonly string[]) {
    this.#fields = fields;
  }

  static realOf(this: void, headers: LazyHeaders): Headers {
    return (headers.#real ??= realHeaders(headers.#fields));
  }

  get(name: string): string | null {
    return this.#real === undefined ? joinedValue(this.#fields, name.toLowerCase()) : this.#real.get(name);
  }
  has(name: string): boolean {
    return this.get(name) !== null;
  }
  forEach(callback: (value: string, name: string, parent: Headers) => void, self?: unknown): void {
    const parent = this as unknown as Headers;
    for (const [name, value] of LazyHeaders.realOf(this)) callback.call(self, value, name, parent);
  }
  [Symbol.iterator](): HeadersIterator<[string, string]> {
    return LazyHeaders.realOf(this)[Symbol.iterator]();
  }
}

handOn(LazyHeaders, Headers, LazyHeaders.realOf);

/**
 * Field lines as `Headers` that cost nothing until they are used.
 *
 * @param fields Names and values in turn.
 */
export function lazyHeaders(fields: readonly string[]): Headers {
  return new LazyHeaders(fields) as unknown as Headers;
}

function realHeaders(fields: readonly string[]): Headers {
  const headers = new Headers();
  for (let index = 0; index < fields.length; index += 2) headers.append(fields[index] ?? "", fields[index + 1] ?? "");
  return headers;
}

// RFC 9110 §5.3; RFC 9113 §8.2.3 for Cookie, which is not a list.
function joinedValue(fields: readonly string[], lowerName: string): string | null {
  let joined: string | null = null;
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index];
    if (name?.length !== lowerName.length || name.toLowerCase() !== lowerName) continue;
    const value = fields[index + 1] ?? "";
    joined = joined === null ? value : `${joined}${lowerName === "cookie" ? "; " : ", "}${value}`;
  }
  return joined;
}
