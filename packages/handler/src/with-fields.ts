import { errorResponse } from "./error-response.ts";
import { fieldLines } from "./field-lines.ts";
import type { Handler } from "./handler.ts";
import { isHttpError } from "./http-error.ts";
import type { HeaderInit, HttpResponse } from "./response.ts";

// Replacing these would lose a cookie, or tell a cache that fewer request fields mattered than did.
const ADDED: ReadonlySet<string> = new Set(["set-cookie", "vary"]);

/**
 * Puts `fields` on every response of `handler`, and on the response of an `HttpError` that it throws. A field
 * of the same name is replaced, except `Set-Cookie` and `Vary`, which are added.
 *
 * A frozen response is taken for one that is answered again and again: its copy is made once and kept for as
 * long as the response itself lives.
 *
 * @param encode Turns the joint fields into the form that costs the server least, for responses that are
 *   kept: `encodeFields` of `@tinyhttp/http-parser`. Without it the server encodes them each time.
 */
export function withFields(handler: Handler, fields: HeaderInit, encode?: (fields: HeaderInit) => HeaderInit): Handler {
  const added = [...fieldLines(fields)];
  const replaced = new Set(added.map(([name]) => name.toLowerCase()).filter((name) => !ADDED.has(name)));
  const kept = new WeakMap<HttpResponse, HttpResponse>();

  const join = (headers: HeaderInit | undefined): HeaderInit => [
    ...[...fieldLines(headers)].filter(([name]) => !replaced.has(name.toLowerCase())),
    ...added,
  ];
  const extend = (response: HttpResponse): HttpResponse => {
    const { status, body } = response;
    if (!Object.isFrozen(response)) return { status, headers: join(response.headers), body };
    const known = kept.get(response);
    if (known !== undefined) return known;
    const headers = join(response.headers);
    const copy = Object.freeze({ status, headers: encode === undefined ? headers : encode(headers), body });
    kept.set(response, copy);
    return copy;
  };
  const extendError = (error: unknown): HttpResponse => {
    if (isHttpError(error)) return extend(errorResponse(error));
    throw error;
  };

  return (request) => {
    let answer: HttpResponse | Promise<HttpResponse>;
    try {
      answer = handler(request);
    } catch (error) {
      return extendError(error);
    }
    return answer instanceof Promise ? answer.then(extend, extendError) : extend(answer);
  };
}
