/** Applications of other frameworks on our server, over real sockets. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { HttpRequest } from "@tinyhttp/handler";
import { fetchHandler, type FetchHandlerOptions } from "@tinyhttp/handler/fetch";
import { H3, setCookie as setH3Cookie } from "h3";
import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { streamSSE } from "hono/streaming";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AsyncServer, createAsyncServer } from "../src/index.ts";

/** What the applications did that no client sees. */
interface Log {
  aborted: number;
  cancelled: number;
  chunksRead: number;
}

type App = { fetch(request: Request, httpRequest: HttpRequest): Response | Promise<Response> };

function honoApp(log: Log): App {
  const app = new Hono();
  app.get("/", (c) => c.text("hello"));
  app.get("/users/:id", (c) => c.json({ id: c.req.param("id"), agent: c.req.header("x-agent"), url: c.req.url }));
  app.get("/cookies", (c) => {
    setCookie(c, "a", "1");
    setCookie(c, "b", "2");
    return c.text("");
  });
  app.post("/digest", async (c) => c.text(digestOf(new Uint8Array(await c.req.arrayBuffer()))));
  app.post("/back", (c) => new Response(c.req.raw.body));
  app.post("/unread", (c) => c.text("not read", 403));
  app.post("/one-chunk", (c) => oneChunk(c.req.raw, log));
  app.get("/endless", (c) => endless(c.req.raw, log));
  app.get("/gated", (c) => c.body(gated()));
  app.get("/nothing", (c) => c.body(null, 204));
  app.get("/fails", () => {
    throw new Error("with a secret");
  });
  app.onError((_error, c) => c.text("Internal Server Error", 500));
  return app;
}

function h3App(log: Log): App {
  const app = new H3({ silent: true });
  app.get("/", () => "hello");
  app.get("/users/:id", ({ req, context }) => ({
    id: context.params?.["id"],
    agent: req.headers.get("x-agent"),
    url: req.url,
  }));
  app.get("/cookies", (event) => {
    setH3Cookie(event, "a", "1");
    setH3Cookie(event, "b", "2");
    return "";
  });
  app.post("/digest", async ({ req }) => digestOf(new Uint8Array(await req.arrayBuffer())));
  app.post("/back", ({ req }) => req.body);
  app.post("/unread", () => new Response("not read", { status: 403 }));
  app.post("/one-chunk", ({ req }) => oneChunk(req, log));
  app.get("/endless", ({ req }) => endless(req, log));
  app.get("/gated", () => gated());
  app.get("/nothing", () => new Response(null, { status: 204 }));
  app.get("/fails", () => {
    throw new Error("with a secret");
  });
  return app;
}

/** Opens when the client has the first chunk. */
let openGate: () => void = () => {};

function gated(): ReadableStream<Uint8Array> {
  const gate = new Promise<void>((resolve) => {
    openGate = resolve;
  });
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode("first"));
      await gate;
      controller.enqueue(new TextEncoder().encode("second"));
      controller.close();
    },
  });
}

function endless(request: Request, log: Log): Response {
  request.signal.addEventListener("abort", () => log.aborted++);
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      controller.enqueue(new Uint8Array(65_536));
    },
    cancel() {
      log.cancelled++;
    },
  });
  return new Response(stream);
}

async function oneChunk(request: Request, log: Log): Promise<Response> {
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  const { value } = await reader.read();
  log.chunksRead++;
  await reader.cancel();
  return new Response(`${value !== undefined && value.length > 0}`);
}

function digestOf(bytes: Uint8Array): string {
  return `${bytes.length} ${createHash("sha256").update(bytes).digest("hex")}`;
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition() && waited < 5000; waited += 5)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
}

const RealResponse = globalThis.Response;

describe.each<[string, string, (log: Log) => App, FetchHandlerOptions]>([
  ["Hono", "", honoApp, {}],
  ["Hono", " with real responses", honoApp, { lightResponse: false }],
  ["h3", "", h3App, {}],
])("%s on createAsyncServer%s", (_name, _responses, makeApp, options) => {
  const log: Log = { aborted: 0, cancelled: 0, chunksRead: 0 };
  let server: AsyncServer;
  let url: string;
  let port: number;

  beforeAll(async () => {
    const app = makeApp(log);
    server = createAsyncServer(fetchHandler((request, own) => app.fetch(request, own), options));
    const address = await server.listen({ port: 0, host: "127.0.0.1" });
    if (address.kind !== "tcp") throw new Error("Cannot test: expected a TCP port");
    ({ url, port } = address);
  });
  afterAll(async () => {
    await server.close({ deadlineMs: 1000 });
    globalThis.Response = RealResponse;
  });

  it("answers text with its length", async () => {
    const response = await fetch(url);
    expect([response.status, response.headers.get("content-length"), await response.text()]).toEqual([
      200,
      "5",
      "hello",
    ]);
    expect(response.headers.has("transfer-encoding")).toBe(false);
  });

  it("routes, and answers JSON", async () => {
    const response = await fetch(`${url}/users/7?q`, { headers: { "X-Agent": "test" } });
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await response.json()).toEqual({ id: "7", agent: "test", url: `${url}/users/7?q` });
    expect((await fetch(`${url}/none`)).status).toBe(404);
  });

  it("keeps cookies apart", async () => {
    expect((await fetch(`${url}/cookies`)).headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2; Path=/"]);
  });

  it("answers HEAD without content and without a false length", async () => {
    const response = await fetch(url, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(response.headers.get("content-length")).not.toBe("0");
  });

  it("answers 204 without a length (RFC 9110 §8.6)", async () => {
    const response = await fetch(`${url}/nothing`);
    expect([response.status, response.headers.get("content-length")]).toEqual([204, null]);
  });

  it("takes 10 MiB, announced or in chunks", async () => {
    const body = new Uint8Array(10 * 1024 * 1024).map((_byte, index) => index * 7);
    const whole = await fetch(`${url}/digest`, { method: "POST", body });
    expect(await whole.text()).toBe(digestOf(body));
    const stream = new Blob([body]).stream();
    const chunked = await fetch(`${url}/digest`, { method: "POST", body: stream, duplex: "half" } as RequestInit);
    expect(await chunked.text()).toBe(digestOf(body));
  });

  it("sends 10 MiB back while it comes in", async () => {
    const body = new Uint8Array(10 * 1024 * 1024).map((_byte, index) => index * 13);
    const response = await fetch(`${url}/back`, { method: "POST", body });
    expect(digestOf(new Uint8Array(await response.arrayBuffer()))).toBe(digestOf(body));
  });

  it("answers before the body is read, or after a part of it", async () => {
    const body = new Uint8Array(300_000);
    const unread = await fetch(`${url}/unread`, { method: "POST", body });
    expect([unread.status, await unread.text()]).toEqual([403, "not read"]);
    expect(await (await fetch(`${url}/one-chunk`, { method: "POST", body })).text()).toBe("true");
    expect(await (await fetch(url)).text()).toBe("hello");
  });

  it("sends the head and each chunk as soon as it is there", async () => {
    const response = await fetch(`${url}/gated`);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("first");
    openGate();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("second");
    expect((await reader.read()).done).toBe(true);
  });

  it("aborts the signal and cancels the stream when the client goes away", async () => {
    const before = { ...log };
    const request = httpRequest(`${url}/endless`, { agent: false }).end();
    const [message] = (await once(request, "response")) as [IncomingMessage];
    await once(message, "data");
    message.destroy();
    await until(() => log.aborted > before.aborted && log.cancelled > before.cancelled);
  });

  it("breaks off reading when the client goes away in the middle of its body", async () => {
    const before = server.counters.requests;
    const socket = connect(port, "127.0.0.1");
    socket.write("POST /digest HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nabc");
    await until(() => server.counters.requests > before && server.counters.answering > 0);
    socket.destroy();
    await until(() => server.counters.answering === 0);
  });

  it("answers an error of the application with its 500", async () => {
    const response = await fetch(`${url}/fails`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
  });

  it("answers pipelined requests in order, and HTTP/1.0 without Host", async () => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    socket.write(
      "GET /users/1 HTTP/1.1\r\nHost: a\r\n\r\nGET /gated HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.0\r\n\r\n",
    );
    await until(() => text.includes("first"));
    openGate();
    await once(socket, "end");
    socket.destroy();
    expect(text).toMatch(/"http:\/\/a\/users\/1"[^]*first[^]*second[^]*\r\n0\r\n\r\nHTTP\/1\.[01] 200 [^]*hello$/);
  });

  it("refuses a host that makes no URL", async () => {
    const socket = connect(port, "127.0.0.1");
    socket.setEncoding("utf8").end("GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n");
    const [text] = (await once(socket, "data")) as [string];
    socket.destroy();
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe("a request that an application keeps", () => {
  it("can be read after the response", async () => {
    const kept: Request[] = [];
    const handler = fetchHandler((request) => {
      kept.push(request);
      return new Response("a");
    });
    const server = createAsyncServer(handler);
    const address = await server.listen({ port: 0, host: "127.0.0.1" });
    const url = address.kind === "tcp" ? address.url : "";
    await (await fetch(`${url}/1`, { headers: { "x-a": "1" } })).text();
    await (await fetch(`${url}/2`, { headers: { "x-a": "2" }, method: "POST" })).text();
    await server.close({ deadlineMs: 1000 });
    expect(kept.map((request) => [request.method, request.url, request.headers.get("x-a")])).toEqual([
      ["GET", `${url}/1`, "1"],
      ["POST", `${url}/2`, "2"],
    ]);
  });
});

describe("server-sent events of Hono", () => {
  it("arrive one by one, and stop when the client goes away", async () => {
    let stopped = false;
    const app = new Hono();
    app.get("/events", (c) =>
      streamSSE(c, async (stream) => {
        stream.onAbort(() => {
          stopped = true;
        });
        for (let id = 0; !stream.aborted; id++) {
          await stream.writeSSE({ data: String(id) });
          await stream.sleep(5);
        }
      }),
    );
    const server = createAsyncServer(fetchHandler(app.fetch));
    const address = await server.listen({ port: 0, host: "127.0.0.1" });
    const url = address.kind === "tcp" ? address.url : "";
    const abort = new AbortController();
    const response = await fetch(`${url}/events`, { signal: abort.signal });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^data: 0\n\n/);
    await reader.read();
    abort.abort();
    await until(() => stopped);
    await server.close({ deadlineMs: 1000 });
  });
});
