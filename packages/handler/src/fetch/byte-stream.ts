import { endIterator } from "../release-body.ts";

/**
 * A web stream over an iterator. Nothing is asked of the iterator before somebody reads, and it is told when
 * nobody reads on. Not a `type: "bytes"` stream: that one would detach the buffer of every chunk it is given,
 * and a chunk may be a view of a larger buffer that is not ours.
 */
export function byteStream(source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let iterator: AsyncIterator<Uint8Array> | undefined;
  const next = (): Promise<IteratorResult<Uint8Array>> => (iterator ??= source[Symbol.asyncIterator]()).next();
  return new ReadableStream(
    {
      async pull(controller) {
        const result = await next();
        if (result.done === true) controller.close();
        else controller.enqueue(result.value as Uint8Array<ArrayBuffer>);
      },
      cancel() {
        endIterator((iterator ??= source[Symbol.asyncIterator]()));
      },
    },
    { highWaterMark: 0 },
  );
}
