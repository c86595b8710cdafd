import type { FileSlice, HttpResponse } from "@tinyhttp/handler";
import { concurrencyLimiter, type Permit } from "@tinyhttp/rate-limits";
import { describe, expect, it } from "vitest";
import { holdPermit } from "./held-body.ts";

const limiter = concurrencyLimiter({ max: 1 });

function take(key: string): Permit {
  const permit = limiter.acquire(key);
  if (permit === undefined) throw new Error("taken");
  return permit;
}

async function* stream(isBroken: boolean): AsyncGenerator<Uint8Array> {
  if (isBroken) throw new Error("broken");
  yield new Uint8Array(1);
}

describe("holdPermit", () => {
  it("gives it back at once when the body is there, and leaves the response as it is", () => {
    const response: HttpResponse = Object.freeze({ status: 200, body: "text" });
    expect(holdPermit(response, take("text"))).toBe(response);
    expect(limiter.count("text")).toBe(0);
  });

  it("gives it back when a file slice is closed", () => {
    const slice: FileSlice = { length: 1, read: async () => 1, close: () => {} };
    const { body } = holdPermit({ status: 200, body: slice }, take("slice"));
    expect(limiter.count("slice")).toBe(1);
    (body as FileSlice).close();
    (body as FileSlice).close();
    expect(limiter.count("slice")).toBe(0);
  });

  it.each([
    ["ends", async (chunks: AsyncIterator<Uint8Array>) => void (await chunks.next(), await chunks.next())],
    ["is abandoned before it was read", async (chunks: AsyncIterator<Uint8Array>) => void (await chunks.return?.())],
    ["is abandoned", async (chunks: AsyncIterator<Uint8Array>) => void (await chunks.next(), await chunks.return?.())],
  ])("gives it back when a stream %s", async (ending, finish) => {
    const { body } = holdPermit({ status: 200, body: stream(false) }, take(ending));
    expect(limiter.count(ending)).toBe(1);
    await finish((body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]());
    expect(limiter.count(ending)).toBe(0);
  });

  it("gives it back when a stream fails", async () => {
    const { body } = holdPermit({ status: 200, body: stream(true) }, take("fails"));
    const chunks = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    await expect(chunks.next()).rejects.toThrow("broken");
    expect(limiter.count("fails")).toBe(0);
  });
});
