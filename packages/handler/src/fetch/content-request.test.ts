import { describe, expect, it } from "vitest";
import { FakeRequest, type FakeRequestInit } from "../../test/fake-request.ts";
import { contentRequest, WatchedContent } from "./content-request.ts";

function post(init: FakeRequestInit = {}): { request: Request; content: WatchedContent; body: FakeRequest["body"] } {
  const headers: [string, string][] = [
    ["Host", "h"],
    ["Content-Type", "application/x-www-form-urlencoded"],
  ];
  const httpRequest = new FakeRequest("/upload?x", { method: "POST", headers, body: ["a=1&", "b=2"], ...init });
  const content = new WatchedContent(httpRequest.body);
  return { request: contentRequest(httpRequest, content), content, body: httpRequest.body };
}

describe("contentRequest", () => {
  it("has the head of the request", () => {
    const controller = new AbortController();
    const { request } = post({ signal: controller.signal });
    expect(request).toMatchObject({ method: "POST", url: "http://h/upload?x", bodyUsed: false, ip: "192.0.2.1" });
    expect(request.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    controller.abort();
    expect(request.signal.aborted).toBe(true);
  });

  it("reads the body as text, as a form, and through a copy", async () => {
    expect(await post().request.text()).toBe("a=1&b=2");
    expect([...(await post().request.formData())]).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
    const copy = new Request(post().request, { method: "PUT" });
    expect([copy.method, await copy.text()]).toEqual(["PUT", "a=1&b=2"]);
  });

  it("reads no more of the body than is asked for, and says when that was all", async () => {
    const { request, body } = post({ body: ["1", "2", "3"] });
    const reader = (request.body as ReadableStream<Uint8Array>).getReader();
    await Promise.resolve();
    expect(body.chunksRead).toBe(0);
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("1");
    expect([body.chunksRead, body.ended]).toEqual([1, false]);
    await reader.cancel();
    expect([body.chunksRead, body.ended]).toEqual([1, true]);
  });

  it("leaves the server's buffer whole when a chunk is a part of it", async () => {
    const buffer = new TextEncoder().encode("before|chunk|after");
    expect(await post({ body: [buffer.subarray(7, 12)] }).request.text()).toBe("chunk");
    expect(buffer).toHaveLength(18);
  });

  it("has no body where the client sends none", async () => {
    const { request } = post({ body: undefined });
    expect(request.body).toBeNull();
    expect(await request.text()).toBe("");
  });

  it.each<[string, (request: Request) => Promise<unknown>]>([
    ["as a whole", (request) => request.text()],
    ["as a form", (request) => request.formData()],
    ["through a copy", (request) => new Request(request).text()],
  ])("keeps why the body could not be read %s", async (_case, read) => {
    const bodyError = new Error("the client went away");
    const { request, content } = post({ bodyError });
    expect(content.error).toBeUndefined();
    await expect(read(request)).rejects.toThrow();
    expect(content.error).toBe(bodyError);
  });
});
