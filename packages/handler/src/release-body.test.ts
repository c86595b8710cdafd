import { describe, expect, it, vi } from "vitest";
import { releaseBody } from "./release-body.ts";

const next = async () => ({ done: true as const, value: undefined });

describe("releaseBody", () => {
  it.each([[undefined], [null], ["text"], [new Uint8Array(1)]])("leaves %s alone", (body) => {
    expect(() => releaseBody(body)).not.toThrow();
  });

  it("closes a file", () => {
    const close = vi.fn();
    releaseBody({ length: 1, read: async () => 1, close });
    expect(close).toHaveBeenCalledOnce();
  });

  it("cancels a web stream, and survives one that does not like it", async () => {
    const cancel = vi.fn(() => {
      throw new Error("no");
    });
    releaseBody(new ReadableStream({ cancel }));
    await Promise.resolve();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("survives a locked stream", () => {
    const stream = new ReadableStream<Uint8Array>();
    stream.getReader();
    expect(() => releaseBody(stream)).not.toThrow();
  });

  it("ends an iterator, with or without a return method", () => {
    const end = vi.fn(async () => ({ done: true as const, value: undefined }));
    releaseBody({ [Symbol.asyncIterator]: () => ({ next, return: end }) });
    releaseBody({ [Symbol.asyncIterator]: () => ({ next }) });
    expect(end).toHaveBeenCalledOnce();
  });
});
