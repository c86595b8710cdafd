import { describe, expect, it } from "vitest";
import { FakeRequest, type FakeRequestInit } from "../../test/fake-request.ts";
import { contentRequest, WatchedContent } from "./content-request.ts";

interface Made {
  readonly request: Request;
  readonly content: WatchedContent;
  readonly body: FakeRequest["body"];
}

function post(init: FakeRequestInit = {}): Made {
  const headers: [string, string][] = [
    ["Host", "h"],
    ["Content-Type", "application/x-www-form-urlencoded"],
  ];
  const httpRequest = new FakeRequest("/upload?x", { method: "POST", headers, body: ["a=1&", "b=2"], ...init });
  const content = new WatchedContent(httpRequest.body);
  return { request: contentRequest(httpRequest, content), content, body: httpRequest.body };
}

function readerOf(request: Request): ReadableStreamDefaultReader<Uint8Array> {
  return (request.body as ReadableStream<Uint8Array>).getReader();
}

describe("contentRequest", () => {
  it("has the head of the request", () => {
    const { signal } = new AbortController();
    const { request } = post({ signal });
    expect(request).toMatchObject({
      method: "POST",
      url: "http://h/upload?x",
      bodyUsed: false,
      ip: "192.0.2.1",
      signal,
    });
    expect(request.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
  });

  it.each<[string, (request: Request) => Promise<unknown>, unknown]>([
    ["text", (request) => request.text(), "[1]"],
    ["json", (request) => request.json(), [1]],
    ["bytes", (request) => request.bytes(), new TextEncoder().encode("[1]")],
    ["arrayBuffer", (request) => request.arrayBuffer(), new TextEncoder().encode("[1]").buffer],
    ["blob", async (request) => (await request.blob()).size, 3],
    ["formData", async (request) => [...(await request.formData())], [["[1]", ""]]],
    ["a stream", (request) => new Response(request.body).text(), "[1]"],
    ["a copy", (request) => new Request(request).text(), "[1]"],
  ])("reads the body once as %s", async (_name, read, expected) => {
    const { request } = post({ body: ["[", "1]"] });
    expect(await read(request)).toEqual(expected);
    expect(request.bodyUsed).toBe(true);
    await expect(request.text()).rejects.toThrow(TypeError);
    await expect(request.blob()).rejects.toThrow(TypeError);
    await expect(request.formData()).rejects.toThrow(TypeError);
    expect(() => request.clone()).toThrow(TypeError);
  });

  it("gives an ArrayBuffer that holds nothing but the body", async () => {
    const httpRequest = new FakeRequest("/", { method: "PUT", body: ["x"] });
    httpRequest.body.bytes = async () => Buffer.from("secret body").subarray(7);
    const buffer = await contentRequest(httpRequest, new WatchedContent(httpRequest.body)).arrayBuffer();
    expect(new TextDecoder().decode(buffer)).toBe("body");
  });

  it("drops a byte order mark and replaces what is not UTF-8, as fetch does", async () => {
    expect(await post({ body: [new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff])] }).request.text()).toBe("a\uFFFD");
  });

  it("reads no more of the body than is asked for, and says when that was all", async () => {
    const { request, body } = post({ body: ["1", "2", "3"] });
    const reader = readerOf(request);
    await Promise.resolve();
    expect(body.chunksRead).toBe(0);
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("1");
    expect([body.chunksRead, body.ended, request.bodyUsed]).toEqual([1, false, true]);
    await reader.cancel();
    expect([body.chunksRead, body.ended]).toEqual([1, true]);
  });

  it("refuses to read past a reader of the stream", async () => {
    const { request } = post();
    const reader = readerOf(request);
    await expect(request.text()).rejects.toThrow(TypeError);
    reader.releaseLock();
    expect(await request.text()).toBe("a=1&b=2");
  });

  it("leaves the server's buffer whole when a chunk is a part of it", async () => {
    const buffer = new TextEncoder().encode("before|chunk|after");
    const { request } = post({ body: [buffer.subarray(7, 12)] });
    expect(await new Response(request.body).text()).toBe("chunk");
    expect(buffer).toHaveLength(18);
  });

  it("has no body where the client sends none", async () => {
    const { request } = post({ body: undefined });
    expect(request.body).toBeNull();
    expect(await request.text()).toBe("");
    expect(request.bodyUsed).toBe(false);
  });

  it("can be cloned, both readable", async () => {
    const { request } = post();
    const clone = request.clone();
    expect([await request.text(), await clone.text()]).toEqual(["a=1&b=2", "a=1&b=2"]);
  });

  it("can be made into another Request, as a template and as options", async () => {
    const controller = new AbortController();
    const copy = new Request(post().request, { method: "PUT" });
    expect([copy.method, await copy.text()]).toEqual(["PUT", "a=1&b=2"]);
    const replaced = new Request(post().request, { method: "POST", body: "c=3" });
    expect([replaced.method, await replaced.text()]).toEqual(["POST", "c=3"]);
    const sent = new Request("http://other/", post({ signal: controller.signal }).request);
    expect([sent.method, await sent.text()]).toEqual(["POST", "a=1&b=2"]);
    controller.abort();
    expect(sent.signal.aborted).toBe(true);
  });

  it.each<[string, (request: Request) => Promise<unknown>]>([
    ["as a whole", (request) => request.text()],
    ["as a form", (request) => request.formData()],
    ["as a stream", (request) => new Response(request.body).text()],
    ["through a copy", (request) => new Request(request).text()],
  ])("keeps why the body could not be read %s", async (_case, read) => {
    const bodyError = new Error("the client went away");
    const { request, content } = post({ bodyError });
    expect(content.error).toBeUndefined();
    await expect(read(request)).rejects.toThrow();
    expect(content.error).toBe(bodyError);
  });
});
