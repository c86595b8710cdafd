import { describe, expect, it, vi } from "vitest";
import type { FileSlice, HttpResponse } from "../response.ts";
import { webResponse } from "./web-response.ts";

function sliceOf(content: Uint8Array, atMost = content.length): FileSlice & { closed: number; reads: number } {
  return {
    length: content.length,
    closed: 0,
    reads: 0,
    async read(into, position) {
      this.reads++;
      const part = content.subarray(position, position + Math.min(into.length, atMost));
      into.set(part);
      return part.length;
    },
    close() {
      this.closed++;
    },
  };
}

describe("webResponse", () => {
  it("keeps status and fields, repeated ones apart", () => {
    const response = webResponse({ status: 201, headers: { "Set-Cookie": ["a=1", "b=2"], "X-A": "1" } }, "GET");
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("x-a")).toBe("1");
    expect(response.body).toBeNull();
  });

  it.each<[string, HttpResponse["body"]]>([
    ["text", "héllo"],
    ["bytes", new TextEncoder().encode("héllo")],
    ["a file", sliceOf(new TextEncoder().encode("héllo"))],
  ])("sends %s with its length and without a made-up type", async (_case, body) => {
    const response = webResponse({ status: 200, body }, "GET");
    expect([...response.headers]).toEqual([["content-length", "6"]]);
    expect(await response.text()).toBe("héllo");
  });

  it.each<[string, () => HttpResponse["body"]]>([
    [
      "an async iterable",
      async function* () {
        yield new TextEncoder().encode("a");
        yield new TextEncoder().encode("b");
      },
    ],
    ["a web stream", () => new Response("ab").body],
  ])("streams %s", async (_case, body) => {
    const made = body();
    const response = webResponse({ status: 200, body: made }, "GET");
    expect(response.headers.has("content-length")).toBe(false);
    expect(await response.text()).toBe("ab");
  });

  it("reads a file in pieces, each when it is asked for, and closes it at the end", async () => {
    const content = new Uint8Array(200_000).map((_byte, index) => index);
    const slice = sliceOf(content, 50_000);
    const response = webResponse({ status: 200, body: slice }, "GET");
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await Promise.resolve();
    expect(slice.reads).toBe(0);
    expect((await reader.read()).value).toEqual(content.subarray(0, 50_000));
    expect([slice.reads, slice.closed]).toEqual([1, 0]);
    reader.releaseLock();
    expect(await response.bytes().catch(() => undefined)).toBeUndefined();
    expect(await webResponse({ status: 200, body: sliceOf(content, 50_000) }, "GET").bytes()).toEqual(content);
  });

  it("closes a file that was read to its end, that is empty, or that nobody reads on", async () => {
    const whole = sliceOf(new Uint8Array(3));
    await webResponse({ status: 200, body: whole }, "GET").bytes();
    expect(whole.closed).toBe(1);
    const empty = sliceOf(new Uint8Array(0));
    expect(await webResponse({ status: 200, body: empty }, "GET").bytes()).toHaveLength(0);
    expect(empty.closed).toBe(1);
    const dropped = sliceOf(new Uint8Array(3));
    await webResponse({ status: 200, body: dropped }, "GET").body?.cancel();
    expect(dropped.closed).toBe(1);
  });

  it("breaks the stream, and closes, when the file cannot be read as announced", async () => {
    const slice = {
      ...sliceOf(new Uint8Array(3)),
      read: async () => {
        throw new Error("truncated");
      },
      close: vi.fn(),
    };
    await expect(webResponse({ status: 200, body: slice }, "GET").text()).rejects.toThrow("truncated");
    expect(slice.close).toHaveBeenCalledOnce();
  });

  it.each([
    ["HEAD", 200, "5"],
    ["GET", 304, "5"],
    ["GET", 204, null],
    ["GET", 205, "5"],
  ])("sends no content for %s %i, and closes the file", (method, status, length) => {
    const slice = sliceOf(new Uint8Array(5));
    const response = webResponse({ status, body: slice }, method);
    expect([response.body, response.headers.get("content-length"), slice.closed]).toEqual([null, length, 1]);
  });

  it("closes the file when there is no such response", () => {
    const slice = sliceOf(new Uint8Array(5));
    expect(() => webResponse({ status: 99, body: slice }, "GET")).toThrow(RangeError);
    expect(() => webResponse({ status: 200, headers: { "bad name": "x" }, body: slice }, "GET")).toThrow(TypeError);
    expect(slice.closed).toBe(2);
  });
});
