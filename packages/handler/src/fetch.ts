/**
 * Adapters to and from the web-standard `fetch` shape. An entry of its own: in Node the classes Request, Response
 * and Headers are loaded when somebody first touches them, which takes as long as the rest of a server's start.
 */
export { fetchHandler, type FetchApp, type FetchHandlerOptions } from "./fetch/fetch-handler.ts";
export { toFetch, type ToFetchOptions } from "./fetch/to-fetch.ts";
