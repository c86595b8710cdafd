import { describe, expect, it, vi } from "vitest";
import type { Handler } from "../handler.ts";
import { HttpError } from "../http-error.ts";
import type { HttpRequest } from "../request.ts";
import { toFetch, type ToFetchOptions } from "./to-fetch.ts";

async function seenBy(request: Request, options?: ToFetchOptions): Promise<HttpRequest> {
  const seen: HttpRequest[] = [];
  const keep: Handler = (given) => {
    seen.push(given);
    return { status: 204 };
  };
  await toFetch(keep, options)(request);
  return seen[0] as HttpRequest;
}

function post(body: BodyInit, headers: HeadersInit = {}): Request {
  return new Request("http://h/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
}

describe("toFetch", () => {
  it("shows the handler the request", async () => {
    const request = new Request("https://h:81/a%20b/../c?d=%20#e", { method: "DELETE", headers: { "X-A": "1" } });
    const seen = await seenBy(request);
    expect(seen).toMatchObject({
      method: "DELETE",
      target: "/c?d=%20",
      path: "/c",
      query: "d=%20",
      peer: { address: "unknown", port: 0, encrypted: true },
      signal: request.signal,
    });
    expect([seen.headers.get("x-a"), seen.headers.get("x-b")]).toEqual(["1", undefined]);
    expect([seen.headers.getAll("X-a"), seen.headers.getAll("x-b")]).toEqual([["1"], []]);
    expect([seen.headers.has("x-A"), seen.headers.has("x-b")]).toEqual([true, false]);
    expect([...seen.headers]).toEqual([["x-a", "1"]]);
  });

  it("asks for the peer where somebody knows", async () => {
    const peer = { address: "192.0.2.1", port: 1, encrypted: true };
    expect((await seenBy(new Request("http://h/"), { peer: () => peer })).peer).toBe(peer);
  });

  it.each(["//a", "/a//b", "/a//", "/a%2fb", "/%00"])("answers the path %s with 400", async (path) => {
    const response = await toFetch((request) => ({ status: 200, body: request.path }))(new Request(`http://h${path}`));
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/^Cannot read the path of the request/);
  });

  it("lets the handler read the body, whole or in pieces", async () => {
    const echo = toFetch(async (request) => ({ status: 200, body: await request.body.bytes() }));
    expect(await (await echo(post("héllo"))).text()).toBe("héllo");
    const stream = toFetch((request) => ({ status: 200, body: request.body }));
    expect(await (await stream(post("héllo"))).text()).toBe("héllo");
    const json = toFetch(async (request) => ({
      status: 200,
      body: String(Object.keys((await request.body.json()) as object)),
    }));
    expect(await (await json(post('{"a":1}'))).text()).toBe("a");
  });

  it.each([
    [new Request("http://h/"), 0],
    [post("abc", { "content-length": "3" }), 3],
    [post("abc"), undefined],
    [post("abc", { "content-length": "x" }), undefined],
  ])("tells the declared length of the body", async (request, length) => {
    expect((await seenBy(request)).body.length).toBe(length);
  });

  it.each([
    ["413", (request: HttpRequest) => request.body.bytes(2), "abc", {}],
    ["413", (request: HttpRequest) => request.body.bytes(2), "abc", { "content-length": "3" }],
    ["413", (request: HttpRequest) => request.body.text(), "x".repeat(1_048_577), {}],
    ["400", (request: HttpRequest) => request.body.text(), new Uint8Array([0xff]), {}],
    ["400", (request: HttpRequest) => request.body.json(), "{", {}],
  ])("answers %s for a body the handler cannot take", async (status, read, body, headers) => {
    const handler = toFetch(async (request) => ({ status: 200, body: String(await read(request)) }));
    expect((await handler(post(body, headers))).status).toBe(Number(status));
  });

  it("has an empty body where there is none", async () => {
    expect(await (await seenBy(new Request("http://h/"))).body.bytes()).toHaveLength(0);
  });

  it("cancels the body of a request when the handler stops reading", async () => {
    const cancel = vi.fn();
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1)), cancel });
    await toFetch(async (request) => {
      for await (const chunk of request.body) if (chunk.length > 0) break;
      return { status: 204 };
    })(post(body));
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("turns an HttpError into its response, and rejects with any other", async () => {
    const response = await toFetch(() => {
      throw new HttpError(403, "forbidden", "Not for you");
    })(new Request("http://h/"));
    expect([response.status, await response.text()]).toEqual([403, "Not for you\n"]);
    await expect(
      toFetch(() => {
        throw new Error("broken");
      })(new Request("http://h/")),
    ).rejects.toThrow("broken");
  });

  it("leaves the content out of a HEAD, but not its length", async () => {
    const response = await toFetch(() => ({ status: 200, body: "abc" }))(new Request("http://h/", { method: "HEAD" }));
    expect([response.body, response.headers.get("content-length")]).toEqual([null, "3"]);
  });
});
