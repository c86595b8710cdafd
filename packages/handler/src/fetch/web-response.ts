import { fieldLines } from "../field-lines.ts";
import { releaseBody } from "../release-body.ts";
import { type FileSlice, type HttpResponse, isFileSlice, type ResponseBody } from "../response.ts";
import { byteStream } from "./byte-stream.ts";

// Large enough that the stream's own cost per chunk (about 2 µs) is small beside the read.
const CHUNK_BYTES = 65_536;

/** A handler's response as a web-standard `Response`. `Content-Length` is set where the length is known. */
export function webResponse(response: HttpResponse, method: string): Response {
  try {
    return converted(response, method);
  } catch (error) {
    releaseBody(response.body);
    throw error;
  }
}

function converted({ status, headers: init, body = null }: HttpResponse, method: string): Response {
  const headers = new Headers();
  for (const [name, value] of fieldLines(init)) headers.append(name, value);
  // As bytes, since a Response made from text would add a Content-Type of its own.
  const content = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const length = lengthOf(content);
  if (length !== undefined && status !== 204) headers.set("content-length", String(length));
  if (method !== "HEAD" && !hasNoContent(status)) return new Response(bodyInit(content), { status, headers });
  releaseBody(content);
  return new Response(null, { status, headers });
}

// RFC 9110 §15.3.5, §15.3.6, §15.4.5.
function hasNoContent(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

function lengthOf(body: Exclude<ResponseBody, string>): number | undefined {
  if (body === null) return undefined;
  if (body instanceof Uint8Array) return body.byteLength;
  return isFileSlice(body) ? body.length : undefined;
}

function bodyInit(body: Exclude<ResponseBody, string>): BodyInit | null {
  if (body === null || body instanceof ReadableStream) return body as ReadableStream<Uint8Array<ArrayBuffer>> | null;
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  return isFileSlice(body) ? sliceStream(body) : byteStream(body);
}

/** Reads a slice as it is asked for, and closes it at its end, when reading fails and when nobody reads on. */
function sliceStream(slice: FileSlice): ReadableStream<Uint8Array<ArrayBuffer>> {
  let position = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          if (position < slice.length) {
            const chunk = new Uint8Array(Math.min(CHUNK_BYTES, slice.length - position));
            const count = await slice.read(chunk, position);
            position += count;
            controller.enqueue(chunk.subarray(0, count));
          }
        } catch (error) {
          slice.close();
          throw error;
        }
        if (position < slice.length) return;
        slice.close();
        controller.close();
      },
      cancel() {
        slice.close();
      },
    },
    { highWaterMark: 0 },
  );
}
