import type { HeaderView } from "../request.ts";

/**
 * A request's fields as web-standard `Headers`, read where the server left them. Real `Headers` are made when
 * somebody changes or lists them; `get` and `has`, which is what applications do, need none.
 */
class LazyHeaders {
  readonly #view: HeaderView;
  #real: Headers | undefined;

  constructor(view: HeaderView) {
    this.#view = view;
  }

  get(name: string): string | null {
    return this.#real === undefined ? (this.#view.get(name) ?? null) : this.#real.get(name);
  }
  has(name: string): boolean {
    return this.#real === undefined ? this.#view.has(name) : this.#real.has(name);
  }
  getSetCookie(): string[] {
    return this.#headers().getSetCookie();
  }
  set(name: string, value: string): void {
    this.#headers().set(name, value);
  }
  append(name: string, value: string): void {
    this.#headers().append(name, value);
  }
  delete(name: string): void {
    this.#headers().delete(name);
  }
  keys(): HeadersIterator<string> {
    return this.#headers().keys();
  }
  values(): HeadersIterator<string> {
    return this.#headers().values();
  }
  entries(): HeadersIterator<[string, string]> {
    return this.#headers().entries();
  }
  [Symbol.iterator](): HeadersIterator<[string, string]> {
    return this.#headers().entries();
  }
  forEach(callback: (value: string, name: string, parent: Headers) => void, self?: unknown): void {
    for (const [name, value] of this.#headers()) callback.call(self, value, name, this);
  }

  #headers(): Headers {
    return (this.#real ??= realHeaders(this.#view));
  }
}

Object.setPrototypeOf(LazyHeaders.prototype, Headers.prototype);

/** The fields of `view` as `Headers` that cost nothing until they are used. */
export function lazyHeaders(view: HeaderView): Headers {
  return new LazyHeaders(view);
}

function realHeaders(view: HeaderView): Headers {
  const headers = new Headers();
  for (const [name, value] of view) headers.append(name, value);
  return headers;
}
