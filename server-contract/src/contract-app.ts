/**
 * What `server-contract.ts` asks of a server, as one handler, so that a server which runs its handlers elsewhere can
 * load it there as a module.
 */
import {
  allocateWithHeadroom,
  type FileSlice,
  HttpError,
  type HttpRequest,
  type HttpResponse,
} from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";

/** What became of the content that could not be sent to its end. */
const ends = { returnedIterators: 0, cancelledStreams: 0, closedSlices: 0, abortedSignals: 0, failedBodies: 0 };

const RESPONSES: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  "no status": {},
  "status 99": { status: 99 },
  "status 101": { status: 101 },
  "status 600": { status: 600 },
  "status text": { status: "200" },
  "body number": { status: 200, body: 7 },
  "body object": { status: 200, body: {} },
  "CRLF in value": { status: 200, headers: { "X-A": "a\r\nX-Injected: yes" } },
  "LF in value": { status: 200, headers: { "X-A": "a\nX-Injected: yes" } },
  "NUL in value": { status: 200, headers: { "X-A": "a\0X-Injected: yes" } },
  "CRLF in name": { status: 200, headers: { "X-A: a\r\nX-Injected": "yes" } },
  "value beyond latin1": { status: 200, headers: { "X-A": "a\u010aX-Injected: yes" } },
  "wrong length": { status: 200, headers: { "Content-Length": "5" }, body: "four" },
};

/** Routes by path; `query` is one number or word. */
export function contractHandler(request: HttpRequest): HttpResponse | Promise<HttpResponse> {
  const { path, query } = request;
  switch (path) {
    case "/hello":
      return { status: 200, headers: { "Content-Type": "text/plain" }, body: "hello" };
    case "/late":
      return new Promise((resolve) => {
        setTimeout(() => resolve({ status: 200, body: "late" }), Number(query));
      });
    case "/seen":
      return { status: 200, body: JSON.stringify(seen(request)) };
    case "/bytes":
      return { status: 200, body: pattern(Number(query)) };
    case "/repeated":
      return repeated(Number(query));
    case "/text":
      return { status: 200, body: "é".repeat(Number(query)) };
    case "/cookies":
      return { status: 200, headers: { "Set-Cookie": ["a=1", "b=2"] } };
    case "/status":
      return { status: Number(query), body: "never sent" };
    case "/ends":
      return { status: 200, body: JSON.stringify(ends) };
    default:
      return contentRoutes(request) ?? failureRoutes(request);
  }
}

function contentRoutes(request: HttpRequest): HttpResponse | Promise<HttpResponse> | undefined {
  const { path, query, body } = request;
  switch (path) {
    case "/echo":
      return { status: 200, body };
    case "/collect":
      return collect(request);
    case "/echo-again":
      return body.bytes().then(() => ({ status: 200, body }));
    case "/limited":
      return body.bytes(Number(query)).then((bytes) => ({ status: 200, body: String(bytes.length) }));
    case "/json":
      return body.json().then((value) => ({ status: 200, body: JSON.stringify(value) }));
    case "/iterable":
      return { status: 200, body: pieces(Number(query)) };
    case "/readable":
      return { status: 200, body: readable(Number(query)) };
    case "/promised":
      // Promises 10 bytes and gives `query`.
      return { status: 200, headers: { "Content-Length": "10" }, body: pieces(Number(query)) };
    case "/slice":
      return { status: 200, body: slice(Number(query), Infinity) };
    case "/empty-slice":
      return { status: 200, body: slice(0, Infinity) };
    case "/endless-iterable":
      return { status: 200, body: endlessIterable(request.signal) };
    case "/endless-readable":
      return { status: 200, body: endlessReadable() };
    default:
      return undefined;
  }
}

function failureRoutes({ path, query }: HttpRequest): HttpResponse | Promise<HttpResponse> {
  switch (path) {
    case "/throw":
      throw new Error("secret /etc/passwd");
    case "/reject":
      return Promise.reject(new Error("secret /etc/passwd"));
    case "/http-error":
      throw new HttpError(422, "unprocessable", "Cannot take this: it is not a duck");
    case "/garbage":
      return RESPONSES[decodeURIComponent(query)] as HttpResponse;
    case "/broken-iterable":
      return { status: 200, body: brokenIterable() };
    case "/text-iterable":
      return { status: 200, body: textIterable() as unknown as AsyncIterable<Uint8Array> };
    case "/broken-slice":
      // 1 MiB, of which `query` bytes can be read.
      return { status: 200, body: slice(1_048_576, Number(query)) };
    case "/twice":
      return { status: 200, body: usedUp() };
    default:
      return { status: 404, body: "no such route" };
  }
}

function seen({ method, target, path, query, headers, peer, body }: HttpRequest): unknown {
  return { method, target, path, query, headers: [...headers], peer, length: body.length };
}

async function collect({ body }: HttpRequest): Promise<HttpResponse> {
  let bytes = 0;
  let pieces = 0;
  let sum = 0;
  try {
    for await (const piece of body) {
      pieces++;
      for (const byte of piece) sum = (sum * 31 + byte) % 1_000_000_007;
      bytes += piece.length;
    }
  } catch (error) {
    ends.failedBodies++;
    throw error;
  }
  return { status: 200, body: JSON.stringify({ bytes, sum, several: pieces > 1 }) };
}

/** Bytes that show when some are missing, doubled or out of order. */
export function pattern(length: number, from = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = (from + index) % 251;
  return bytes;
}

const repeatedResponses = new Map<number, HttpResponse>();

/** The same frozen object each time, with room for a head before its content. */
function repeated(length: number): HttpResponse {
  let response = repeatedResponses.get(length);
  if (response === undefined) {
    const body = allocateWithHeadroom(length);
    body.set(pattern(length));
    response = Object.freeze({ status: 200, headers: encodeFields({ "X-Repeated": "yes" }), body });
    repeatedResponses.set(length, response);
  }
  return response;
}

const PIECE_BYTES = 10_000;

async function* pieces(length: number): AsyncGenerator<Uint8Array> {
  for (let position = 0; position < length; position += PIECE_BYTES) {
    yield pattern(Math.min(PIECE_BYTES, length - position), position);
  }
}

function readable(length: number): ReadableStream<Uint8Array> {
  let position = 0;
  return new ReadableStream({
    pull(controller) {
      if (position >= length) {
        controller.close();
        return;
      }
      const size = Math.min(PIECE_BYTES, length - position);
      controller.enqueue(pattern(size, position));
      position += size;
    },
  });
}

async function* endlessIterable(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  signal.addEventListener("abort", () => ends.abortedSignals++);
  try {
    for (;;) {
      yield pattern(PIECE_BYTES);
      await new Promise(setImmediate);
    }
  } finally {
    ends.returnedIterators++;
  }
}

function endlessReadable(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    // Gives one piece and then nothing: only the end of the connection can end it.
    start: (controller) => controller.enqueue(pattern(PIECE_BYTES)),
    cancel: () => {
      ends.cancelledStreams++;
    },
  });
}

async function* brokenIterable(): AsyncGenerator<Uint8Array> {
  yield pattern(PIECE_BYTES);
  await new Promise((resolve) => setTimeout(resolve, 10));
  throw new Error("secret /etc/passwd");
}

function usedUp(): ReadableStream<Uint8Array> {
  const stream = readable(10);
  stream.getReader();
  return stream;
}

async function* textIterable(): AsyncGenerator<string> {
  yield "text";
}

function slice(length: number, readableBytes: number): FileSlice {
  let closed = false;
  return {
    length,
    async read(into, position) {
      if (closed) throw new Error("Cannot read a slice: it is closed");
      await new Promise(setImmediate);
      if (position >= readableBytes) throw new Error("secret: the file was truncated");
      const size = Math.min(into.length, 100_000, readableBytes - position);
      into.set(pattern(size, position));
      return size;
    },
    close() {
      if (!closed) ends.closedSlices++;
      closed = true;
    },
  };
}
