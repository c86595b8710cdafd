import type { FetchApp } from "./fetch/fetch-handler.ts";
import type { Handler } from "./handler.ts";

const WANTED = `export default a handler (a function of one request) or an object with fetch(request), or export a function createHandler`;

/**
 * Takes the handler out of a module. The module has one of
 *
 * - `export default` a {@link Handler};
 * - `export default` an object with a web-standard `fetch` method, such as a Hono or h3 app;
 * - `export function createHandler()`, which returns one of the two, or a promise of it. A factory has a name of
 *   its own because a function alone does not tell whether it answers requests or makes what does.
 *
 * @param module A module namespace, as `await import(file)` gives it.
 * @throws {TypeError} There is none of these, or both a default export and `createHandler`; what `createHandler`
 *   throws is passed on.
 */
export async function loadHandler(module: unknown): Promise<Handler> {
  const { default: exported, createHandler } = Object(module) as { default?: unknown; createHandler?: unknown };
  if (createHandler === undefined) return handlerFrom(exported, "the module's default export");
  if (exported !== undefined) {
    throw new TypeError(`Cannot take a handler from the module: expected a default export or createHandler, got both`);
  }
  if (typeof createHandler !== "function") {
    throw new TypeError(
      `Cannot take a handler from the module: expected createHandler to be a function, got ${kindOf(createHandler)}`,
    );
  }
  return handlerFrom(await createHandler(), "the result of createHandler");
}

async function handlerFrom(value: unknown, origin: string): Promise<Handler> {
  if (isFetchObject(value)) {
    // Not before it is needed: the web-standard classes that it touches take Node 20 ms to load.
    const { fetchHandler } = await import("./fetch/fetch-handler.ts");
    return fetchHandler((request, httpRequest) => value.fetch(request, httpRequest));
  }
  if (typeof value !== "function")
    throw new TypeError(`Cannot use ${origin} as a handler: ${WANTED}; got ${kindOf(value)}`);
  // Express, Connect and node:http listeners take (request, response); called with one argument they fail late.
  if (value.length > 1) {
    throw new TypeError(`Cannot use ${origin} as a handler: ${WANTED}; got a function of ${value.length} arguments`);
  }
  return value as Handler;
}

function isFetchObject(value: unknown): value is { fetch: FetchApp } {
  return (
    value !== null &&
    (typeof value === "object" || typeof value === "function") &&
    "fetch" in value &&
    typeof value.fetch === "function"
  );
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return typeof value === "object" ? "an object without fetch" : `a ${typeof value}`;
}
