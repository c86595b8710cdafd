import type { HeaderInit } from "./response.ts";

/** The field lines of a response, one pair for each, in order. */
export function* fieldLines(headers: HeaderInit | undefined): Generator<readonly [name: string, value: string]> {
  if (headers === undefined) return;
  if (isIterable(headers)) {
    yield* headers;
    return;
  }
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === "string") yield [name, value];
    else for (const line of value) yield [name, line];
  }
}

function isIterable(headers: HeaderInit): headers is Iterable<readonly [string, string]> {
  return Symbol.iterator in headers;
}
