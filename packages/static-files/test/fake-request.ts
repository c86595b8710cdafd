/** Requests without a server, and what their answers say. */
import {
  isFileSlice,
  normalisePath,
  queryOf,
  type Handler,
  type HttpRequest,
  type HttpResponse,
  type RequestBody,
} from "@tinyhttp/handler";

export interface FakeRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param target As on the wire; it is normalised as a server would. */
export function fakeRequest(target: string, { method = "GET", headers = {} }: FakeRequest = {}): HttpRequest {
  const fields = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method,
    target,
    path: normalisePath(target),
    query: queryOf(target),
    headers: {
      get: (name) => fields.get(name.toLowerCase()),
      getAll: (name) => [fields.get(name.toLowerCase())].filter((value) => value !== undefined),
      has: (name) => fields.has(name.toLowerCase()),
      flat: () => [...fields].flat(),
      [Symbol.iterator]: () => fields.entries(),
    },
    body: NO_BODY,
    receivedAt: performance.now(),
    peer: { address: "127.0.0.1", port: 1, encrypted: false },
    signal: new AbortController().signal,
  };
}

const NO_BODY: RequestBody = {
  length: 0,
  bytes: async () => new Uint8Array(),
  text: async () => "",
  json: async () => undefined,
  async *[Symbol.asyncIterator]() {},
};

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
}

/** Asks a handler and reads the whole answer, as a server would send it. */
export async function ask(handler: Handler, target: string, request: FakeRequest = {}): Promise<Answer> {
  return readAnswer(await handler(fakeRequest(target, request)), request.method);
}

export async function readAnswer(response: HttpResponse, method: string = "GET"): Promise<Answer> {
  const bytes = method === "HEAD" ? await dropBody(response) : await bytesOf(response);
  return { status: response.status, headers: headersOf(response), bytes, text: bytes.toString() };
}

export function headersOf(response: HttpResponse): Headers {
  return new Headers(
    [...(response.headers as Iterable<readonly [string, string]>)].map(([name, value]) => [name, value]),
  );
}

async function dropBody({ body }: HttpResponse): Promise<Buffer> {
  if (body !== null && typeof body === "object" && isFileSlice(body)) body.close();
  return Buffer.alloc(0);
}

export async function bytesOf({ body }: HttpResponse): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === "string" || body instanceof Uint8Array) return Buffer.from(body);
  if (!isFileSlice(body)) return Buffer.concat(await collect(body));
  try {
    const bytes = Buffer.alloc(body.length);
    let filled = 0;
    while (filled < body.length) filled += await body.read(bytes.subarray(filled, filled + 64 * 1024), filled);
    return bytes;
  } finally {
    body.close();
  }
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}
