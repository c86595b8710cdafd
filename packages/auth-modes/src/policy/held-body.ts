import { isFileSlice, type FileSlice, type HttpResponse, type ResponseBody } from "@tinyhttp/handler";
import type { Permit } from "@tinyhttp/rate-limits";

/**
 * Gives a permit back when a response is done with: at once when its body is all there, otherwise when the server
 * closes or ends it.
 */
export function holdPermit(response: HttpResponse, permit: Permit): HttpResponse {
  const { body } = response;
  if (body === null || body === undefined || typeof body === "string" || body instanceof Uint8Array) {
    permit.release();
    return response;
  }
  return { status: response.status, headers: response.headers, body: heldBody(body, permit) };
}

function heldBody(body: Exclude<ResponseBody, null | string | Uint8Array>, permit: Permit): ResponseBody {
  if (isFileSlice(body)) return heldSlice(body, permit);
  return heldStream(body, permit);
}

function heldSlice(slice: FileSlice, permit: Permit): FileSlice {
  return {
    length: slice.length,
    read: (into, position) => slice.read(into, position),
    close: () => {
      slice.close();
      permit.release();
    },
  };
}

// Not a generator: one that nobody has asked yet ends without running its `finally`.
function heldStream(
  body: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
  permit: Permit,
): AsyncIterable<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  const done: IteratorResult<Uint8Array> = { done: true, value: undefined };
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        try {
          const result = await iterator.next();
          if (result.done === true) permit.release();
          return result;
        } catch (error) {
          permit.release();
          throw error;
        }
      },
      return: async () => {
        permit.release();
        await iterator.return?.();
        return done;
      },
    }),
  };
}
