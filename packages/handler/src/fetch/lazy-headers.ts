import { handOn } from "./hand-on.ts";

export type FieldLines = readonly (readonly [name: string, value: string])[];

/**
 * A request's field lines as web-standard `Headers`. Real `Headers` are made when somebody changes or lists them;
 * `get` and `has`, which is what applications do, need none.
 */
class LazyHeaders {
  readonly #lines: FieldLines;
  #real: Headers | undefined;

  constructor(lines: FieldLines) {
    this.#lines = lines;
  }

  static realOf(this: void, headers: LazyHeaders): Headers {
    return (headers.#real ??= new Headers(headers.#lines as [string, string][]));
  }

  get(name: string): string | null {
    return this.#real === undefined ? joinedValue(this.#lines, name.toLowerCase()) : this.#real.get(name);
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

/** Field lines as `Headers` that cost nothing until they are used. */
export function lazyHeaders(lines: FieldLines): Headers {
  return new LazyHeaders(lines) as unknown as Headers;
}

// RFC 9110 §5.3; RFC 9113 §8.2.3 for Cookie, which is not a list.
function joinedValue(lines: FieldLines, lowerName: string): string | null {
  let joined: string | null = null;
  for (const [name, value] of lines) {
    if (name.length !== lowerName.length || name.toLowerCase() !== lowerName) continue;
    joined = joined === null ? value : `${joined}${lowerName === "cookie" ? "; " : ", "}${value}`;
  }
  return joined;
}
