import { isFileSlice, type ResponseBody } from "./response.ts";

/**
 * Gives back what an unsent body holds: closes a file, cancels a stream, ends an iterator. For wrappers that
 * drop a response, and for servers that answer a HEAD. What fails here has no reader left, so it is dropped.
 */
export function releaseBody(body: ResponseBody | undefined): void {
  if (body === null || body === undefined || typeof body === "string" || body instanceof Uint8Array) return;
  if (isFileSlice(body)) body.close();
  else if ("getReader" in body) body.cancel().catch(ignore);
  else endIterator(body[Symbol.asyncIterator]());
}

/** Tells an iterator that nobody asks for more. */
export function endIterator(iterator: AsyncIterator<Uint8Array>): void {
  iterator.return?.().catch(ignore);
}

function ignore(): void {}
