import { describe, expect, it } from "vitest";
import { FakeRequest } from "../../test/fake-request.ts";
import { lazyRequest } from "./lazy-request.ts";

function get(method = "GET", signal = new AbortController().signal): Request {
  const headers: [string, string][] = [
    ["Host", "h"],
    ["X-A", "1"],
  ];
  return lazyRequest(new FakeRequest("/a?b", { method, headers, signal, body: ["content that fetch does not know"] }));
}

describe("lazyRequest", () => {
  it("has the head of the request", () => {
    const { signal } = new AbortController();
    const request = get("HEAD", signal);
    expect(request).toBeInstanceOf(Request);
    expect(request).toMatchObject({ method: "HEAD", url: "http://h/a?b", signal, ip: "192.0.2.1" });
    expect(request.headers.get("x-a")).toBe("1");
    expect(request.headers).toBe(request.headers);
  });

  it("answers the rest like a Request", () => {
    expect(get()).toMatchObject({
      mode: "cors",
      cache: "default",
      redirect: "follow",
      referrer: "about:client",
      integrity: "",
      keepalive: false,
      bodyUsed: false,
    });
  });

  it("has every property of a Request", () => {
    const request = get();
    for (const name of Object.getOwnPropertyNames(Request.prototype))
      expect(() => Reflect.get(request, name)).not.toThrow();
  });

  it.each<[string, (request: Request) => Promise<unknown>, unknown]>([
    ["text", (request) => request.text(), ""],
    ["bytes", (request) => request.bytes(), new Uint8Array(0)],
    ["arrayBuffer", (request) => request.arrayBuffer(), new ArrayBuffer(0)],
    ["blob", async (request) => (await request.blob()).size, 0],
  ])("has no body, read as %s", async (_name, read, expected) => {
    const request = get();
    expect(request.body).toBeNull();
    expect(await read(request)).toEqual(expected);
  });

  it("clones into a real Request, which can be made into another", () => {
    const controller = new AbortController();
    const other = new Request(get("GET", controller.signal).clone(), { method: "DELETE" });
    expect([other.method, other.url, other.headers.get("x-a")]).toEqual(["DELETE", "http://h/a?b", "1"]);
    controller.abort();
    expect(other.signal.aborted).toBe(true);
  });

  it("shows the real one what was changed before", () => {
    const request = get();
    request.headers.set("x-a", "2");
    expect(request.clone().headers.get("x-a")).toBe("2");
  });

  it("serves as the init of another Request", () => {
    const other = new Request("http://other/", get());
    expect([other.method, other.headers.get("x-a")]).toEqual(["GET", "1"]);
  });

  it("stays readable when the server has let go of the request", () => {
    const httpRequest = new FakeRequest("/a", {
      headers: [
        ["Host", "h"],
        ["X-A", "1"],
      ],
    });
    const request = lazyRequest(httpRequest);
    const gone = {
      get: (): never => {
        throw new TypeError("The response has been sent");
      },
    };
    for (const name of ["method", "target", "headers", "body"]) Object.defineProperty(httpRequest, name, gone);
    expect([request.method, request.url, request.headers.get("x-a")]).toEqual(["GET", "http://h/a", "1"]);
    expect(request.clone().headers.get("x-a")).toBe("1");
  });

  it("can carry what a framework puts on it", () => {
    expect(Object.assign(get(), { context: { user: 1 } })).toMatchObject({ context: { user: 1 } });
  });
});
