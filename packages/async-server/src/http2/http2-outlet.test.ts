import type { ServerHttp2Stream } from "node:http2";
import { Writable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { Http2Outlet } from "./http2-outlet.ts";

const KIB = 1024;

/** A stream whose client takes one write after the other, when it is told to. */
class SlowStream extends Writable {
  readonly sizes: number[] = [];
  #taken: (() => void) | undefined;

  override _writev(chunks: { chunk: Buffer }[], onTaken: () => void): void {
    this.sizes.push(chunks.reduce((sum, { chunk }) => sum + chunk.length, 0));
    this.#taken = onTaken;
  }

  async take(): Promise<void> {
    this.#taken?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function open(): { stream: SlowStream; outlet: Http2Outlet; moves: () => number; backlogs: number[] } {
  const stream = new SlowStream();
  const backlogs: number[] = [];
  let moved = 0;
  const observer = { onBacklog: (bytes: number) => backlogs.push(bytes), onMove: () => moved++ };
  const outlet = new Http2Outlet(stream as unknown as ServerHttp2Stream, observer);
  return { stream, outlet, moves: () => moved, backlogs };
}

describe("Http2Outlet", () => {
  it("writes more at a time to a client that is fast, and tells of each time that it takes something", async () => {
    const { stream, outlet, moves, backlogs } = open();
    outlet.addBytes(Buffer.alloc(600 * KIB));
    for (let write = 0; write < 6; write++) await stream.take();
    expect(stream.sizes.map((size) => size / KIB)).toEqual([16, 32, 64, 128, 256, 104]);
    expect(moves()).toBe(5);
    expect(backlogs).toEqual([600 * KIB, 0]);
    expect(outlet.taken()).toBeUndefined();
  });

  it("writes little at a time to one that is slow", async () => {
    const { stream, outlet } = open();
    const now = vi.spyOn(performance, "now");
    try {
      outlet.addBytes(Buffer.alloc(100 * KIB));
      await stream.take();
      now.mockReturnValue(performance.now() + 1500);
      await stream.take();
    } finally {
      now.mockRestore();
    }
    expect(stream.sizes.map((size) => size / KIB)).toEqual([16, 32, 16]);
  });

  it("puts together what is small", async () => {
    const { stream, outlet } = open();
    for (const text of ["a", "bc", "def"]) outlet.addLatin1(text);
    await stream.take();
    expect(stream.sizes).toEqual([1, 5]);
    const taken = outlet.taken();
    await stream.take();
    await expect(taken).resolves.toBeUndefined();
  });

  it("writes nothing more once the client is gone", async () => {
    const { stream, outlet } = open();
    outlet.addBytes(Buffer.alloc(100 * KIB));
    const taken = outlet.taken();
    outlet.abandon();
    await expect(taken).resolves.toBeUndefined();
    await stream.take();
    expect(stream.sizes).toEqual([16 * KIB]);
  });
});
