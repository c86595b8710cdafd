/** Applications of other frameworks behind our contract, without a socket. */
import { H3, HTTPError, getRequestIP, readBody, setCookie } from "h3";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { setCookie as setHonoCookie } from "hono/cookie";
import { HTTPException } from "hono/http-exception";
import { streamSSE } from "hono/streaming";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FetchApp, fetchHandler, type FetchHandlerOptions, toFetch } from "../src/fetch.ts";
import { HttpError, type HttpRequest, type HttpResponse } from "../src/index.ts";
import { fieldLines } from "../src/field-lines.ts";
import { FakeRequest, type FakeRequestInit } from "./fake-request.ts";

const hono = new Hono<{ Bindings: HttpRequest }>()
  .get("/", (c) => c.text("hello"))
  .get("/users/:id", (c) => c.json({ id: c.req.param("id"), query: c.req.query("q"), peer: c.env.peer.address }))
  .post("/echo", async (c) => c.body(await c.req.arrayBuffer()))
  .post("/stream-back", (c) => new Response(c.req.raw.body))
  .post("/limited", bodyLimit({ maxSize: 4 }), async (c) => c.text(await c.req.text()))
  .get("/cookies", (c) => {
    setHonoCookie(c, "a", "1");
    setHonoCookie(c, "b", "2");
    return c.body(null, 204);
  })
  .get("/events", (c) =>
    streamSSE(c, async (stream) => {
      for (const data of ["one", "two"]) {
        await stream.writeSSE({ data });
        await stream.sleep(5);
      }
    }),
  )
  .get("/fails", () => {
    throw new Error("with a secret");
  });
hono.onError((error, c) =>
  error instanceof HTTPException ? error.getResponse() : c.text("Internal Server Error", 500),
);

const h3 = new H3({ silent: true })
  .get("/", () => "hello")
  .get("/users/:id", (event) => ({
    id: event.context.params?.["id"],
    query: event.url.searchParams.get("q"),
    peer: getRequestIP(event),
  }))
  .post("/echo", async (event) => new Uint8Array(await event.req.arrayBuffer()))
  .post("/stream-back", (event) => event.req.body)
  .post("/json", async (event) => readBody(event))
  .get("/cookies", (event) => {
    setCookie(event, "a", "1");
    setCookie(event, "b", "2");
    return "";
  })
  .get("/gone", () => {
    throw new HTTPError({ status: 410, message: "Gone" });
  })
  .get("/fails", () => {
    throw new Error("with a secret");
  });

const RealResponse = globalThis.Response;

type App = { readonly fetch: FetchApp };

async function ask(
  app: App,
  target: string,
  init?: FakeRequestInit,
  options?: FetchHandlerOptions,
): Promise<HttpResponse> {
  return fetchHandler((request, own) => app.fetch(request, own), options)(new FakeRequest(target, init));
}

async function textOf({ body }: HttpResponse): Promise<string> {
  if (typeof body === "string") return body;
  return new Response(body as BodyInit | null).text();
}

function fieldsOf(response: HttpResponse, name: string): string[] {
  return [...fieldLines(response.headers)].filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
}

describe.each<[string, string, App, FetchHandlerOptions]>([
  ["Hono", "", hono, {}],
  ["Hono", " and with real responses", hono, { lightResponse: false }],
  ["h3", "", h3, {}],
  ["h3", " and with real responses", h3, { lightResponse: false }],
])("%s through fetchHandler%s", (_name, _responses, app, options) => {
  beforeAll(() => {
    globalThis.Response = RealResponse;
  });
  afterAll(() => {
    globalThis.Response = RealResponse;
  });

  function answerTo(target: string, init?: FakeRequestInit): Promise<HttpResponse> {
    return ask(app, target, init, options);
  }

  it("answers with bytes, so that the server knows their length", async () => {
    const response = await answerTo("/");
    expect(response.status).toBe(200);
    const isAtHand = typeof response.body === "string" || response.body instanceof Uint8Array;
    expect([isAtHand, await textOf(response)]).toEqual([true, "hello"]);
  });

  it("routes, decodes and answers JSON, and knows the peer", async () => {
    const response = await answerTo("/users/7?q=%20x");
    expect(fieldsOf(response, "content-type")[0]).toMatch(/^application\/json/);
    expect(JSON.parse(await textOf(response))).toEqual({ id: "7", query: " x", peer: "192.0.2.1" });
  });

  it("answers 404 where nothing matches", async () => {
    expect((await answerTo("/none")).status).toBe(404);
  });

  it("answers HEAD", async () => {
    expect(await answerTo("/", { method: "HEAD" })).toMatchObject({ status: 200, body: null });
  });

  it("reads a body whole", async () => {
    const body = [new Uint8Array(3_000_000).fill(1), new Uint8Array(2_000_000).fill(2)];
    const response = await answerTo("/echo", { method: "POST", body });
    expect(Buffer.from(response.body as Uint8Array).equals(Buffer.concat(body))).toBe(true);
  });

  it("sends a body back as it arrives", async () => {
    const response = await answerTo("/stream-back", { method: "POST", body: ["a", "b", "c"] });
    expect(await textOf(response)).toBe("abc");
  });

  it("keeps cookies apart", async () => {
    expect(fieldsOf(await answerTo("/cookies"), "set-cookie")).toEqual(["a=1; Path=/", "b=2; Path=/"]);
  });

  it("answers what the application throws with its 500", async () => {
    const response = await answerTo("/fails");
    expect(response.status).toBe(500);
    expect(await textOf(response)).not.toContain("secret");
  });

  it("lets the reason for an unreadable body decide the status", async () => {
    const bodyError = new HttpError(413, "content-too-large", "Too large");
    const asked = answerTo("/echo", { method: "POST", body: ["a"], bodyError });
    expect(await asked.catch((error: unknown) => error)).toMatchObject({ status: 413 });
  });
});

function sendLimited(body: string): Promise<HttpResponse> {
  const headers: [string, string][] = [
    ["Host", "h"],
    ["Transfer-Encoding", "chunked"],
  ];
  return ask(hono, "/limited", { method: "POST", headers, body: [body] });
}

describe("fetchHandler", () => {
  it("streams events as they come", async () => {
    const response = await ask(hono, "/events");
    expect(fieldsOf(response, "content-type")).toEqual(["text/event-stream"]);
    const chunks: string[] = [];
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(new TextDecoder().decode(chunk));
    expect(chunks).toEqual(["data: one\n\n", "data: two\n\n"]);
  });

  it("lets an application limit bodies itself", async () => {
    expect(await textOf(await sendLimited("four"))).toBe("four");
    expect((await sendLimited("five!")).status).toBe(413);
  });

  it("keeps the status that an application chose", async () => {
    expect((await ask(h3, "/gone")).status).toBe(410);
    expect(await textOf(await ask(h3, "/json", { method: "POST", body: ['{"a":1}'] }))).toMatch(/^\{\s*"a": ?1\s*\}$/);
  });

  it("hands over the request with its signal, and the server's own request", async () => {
    const controller = new AbortController();
    const httpRequest = new FakeRequest("/", { signal: controller.signal });
    const seen: unknown[] = [];
    const handler = fetchHandler((request, own) => {
      seen.push(request.signal.aborted, own);
      controller.abort();
      seen.push(request.signal.aborted);
      return new Response(null, { status: 204 });
    });
    expect(handler(httpRequest)).toMatchObject({ status: 204, body: null });
    expect(seen).toEqual([false, httpRequest, true]);
  });

  it.each(["CONNECT", "TRACE", "TRACK"])("answers %s with 501, as fetch has no such request", (method) => {
    const handler = fetchHandler(() => new Response());
    expect(() => handler(new FakeRequest("/", { method }))).toThrow(expect.objectContaining({ status: 501 }));
  });

  it.each([undefined, null, "text"])("says what it wants when the application returns %s", async (answer) => {
    const forgetful = fetchHandler(() => answer as unknown as Response);
    expect(() => forgetful(new FakeRequest("/"))).toThrow("expected a Response");
    const later = fetchHandler(async () => answer as unknown as Response);
    await expect(later(new FakeRequest("/"))).rejects.toThrow("expected a Response");
  });

  it("refuses to send a network error", () => {
    expect(() => fetchHandler(() => Response.error())(new FakeRequest("/"))).toThrow(
      "the status 0: expected 200 to 599",
    );
  });
});

describe("toFetch inside other applications", () => {
  const handler = toFetch((request) => ({ status: 200, headers: { "x-path": request.path }, body: "ours" }));

  it("answers a route of Hono", async () => {
    const app = new Hono().all("/files/*", (c) => handler(c.req.raw));
    const response = await app.request("/files/a%20b?c");
    expect([response.headers.get("x-path"), await response.text()]).toEqual(["/files/a b", "ours"]);
  });

  it("is mounted in Hono, without the prefix", async () => {
    const response = await new Hono().mount("/files", handler).request("/files/a");
    expect(response.headers.get("x-path")).toBe("/a");
  });

  it("answers a route of h3, HEAD included", async () => {
    const app = new H3().all("/files/**", (event) => handler(event.req));
    expect(await (await app.request("/files/a")).text()).toBe("ours");
    expect(await (await app.request("/files/a", { method: "HEAD" })).text()).toBe("");
  });

  it("comes back from fetchHandler as it went into toFetch", async () => {
    const response = await fetchHandler(handler)(new FakeRequest("/a/b?c", { method: "POST", body: ["x"] }));
    expect(response).toMatchObject({ status: 200, body: new TextEncoder().encode("ours") });
    expect(fieldsOf(response, "content-length")).toEqual(["4"]);
  });
});
