import type { Handler } from "./handler.ts";
import type { HttpResponse } from "./response.ts";

/**
 * Chooses a handler by the request's method. `GET` also answers HEAD (the server leaves the content out);
 * OPTIONS is answered with 204 and any other method with 405, both with `Allow` (RFC 9110 §9.3.7, §15.5.6).
 *
 * @param methods Handlers by method; methods are case-sensitive, so write `GET`.
 * @throws {TypeError} A method is not a token (RFC 9110 §9.1), or there is none.
 */
export function byMethod(methods: Readonly<Record<string, Handler>>): Handler {
  const handlers = new Map(Object.entries(methods));
  const get = handlers.get("GET");
  if (get !== undefined && !handlers.has("HEAD")) handlers.set("HEAD", get);
  const allow = allowOf([...handlers.keys()]);
  const options: HttpResponse = Object.freeze({ status: 204, headers: Object.freeze({ allow }) });
  const refused: HttpResponse = Object.freeze({ status: 405, headers: Object.freeze({ allow }) });
  return (request) => {
    const handler = handlers.get(request.method);
    if (handler !== undefined) return handler(request);
    return request.method === "OPTIONS" ? options : refused;
  };
}

function allowOf(methods: readonly string[]): string {
  if (methods.length === 0) throw new TypeError("Cannot route by method: expected at least one method, got none");
  for (const method of methods) {
    if (!/^[\w!#$%&'*+\-.^`|~]+$/.test(method))
      throw new TypeError(`Cannot route by method "${method}": expected a token`);
  }
  return [...new Set([...methods, "OPTIONS"])].join(", ");
}
