import type { FileSlice, Handler } from "@tinyhttp/handler";
import type { BoundAddress } from "@tinyhttp/listener";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AsyncServer, createAsyncServer } from "../src/index.ts";
import { contractHandler, pattern, RawClient } from "@tinyhttp/server-contract";

const REQUESTS = [
  "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /late?5 HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /bytes?200000 HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /iterable?200000 HTTP/1.0\r\n\r\n",
  "GET /readable?200000 HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /slice?3000000 HTTP/1.1\r\nHost: a\r\n\r\n",
  "HEAD /slice?3000000 HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /broken-slice?300000 HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /broken-iterable HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /endless-iterable HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /throw HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  `POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n${Buffer.from(pattern(100_000)).toString("latin1")}`,
  "POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n0123456789",
  "POST /collect HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
  "POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n",
  "not HTTP at all\r\n\r\n",
] as const;

interface ClientScript {
  readonly requests: string;
  readonly pieceBytes: number;
  readonly keepsReading: boolean;
  readonly goesAfterMs: number;
  readonly goes: "reset" | "destroy" | "end then destroy";
}

/** The same clients for the same seed (a linear congruential generator modulo 2^31). */
function clientsOf(seed: number): ClientScript[] {
  let state = seed;
  const below = (end: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * end);
  };
  const oneOf = <Item>(items: readonly [Item, ...Item[]]): Item => items[below(items.length)] ?? items[0];
  return Array.from({ length: 1 + below(12) }, () => ({
    requests: Array.from({ length: 1 + below(4) }, () => oneOf(REQUESTS)).join(""),
    pieceBytes: oneOf([7, 1000, 1_000_000]),
    keepsReading: below(2) === 0,
    goesAfterMs: below(60),
    goes: oneOf(["reset", "destroy", "end then destroy"]),
  }));
}

async function play(script: ClientScript, raw: RawClient): Promise<void> {
  if (!script.keepsReading) raw.socket.pause();
  const sending = raw.sendSlowly(Buffer.from(script.requests, "latin1"), script.pieceBytes);
  await sleep(script.goesAfterMs);
  if (script.goes === "reset") raw.socket.resetAndDestroy();
  if (script.goes === "end then destroy") {
    raw.endInput();
    await sleep(20);
  }
  raw.destroy();
  await sending;
}

/** Counts the files that are open. */
function watched(handler: Handler, open: Set<FileSlice>): Handler {
  return async (request) => {
    const response = await handler(request);
    const { body } = response;
    if (typeof body !== "object" || body === null || !("read" in body)) return response;
    const slice: FileSlice = {
      length: body.length,
      read: (into, position) => body.read(into, position),
      close: () => {
        body.close();
        open.delete(slice);
      },
    };
    open.add(slice);
    return { ...response, body: slice };
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe("AsyncServer", () => {
  const files = new Set<FileSlice>();
  let server: AsyncServer;
  let address: BoundAddress;

  beforeAll(async () => {
    server = createAsyncServer(watched(contractHandler, files), { lingerTimeoutMs: 100, onError: () => {} });
    address = await server.listen({ port: 0 });
  });
  afterAll(() => server.close({ deadlineMs: 0 }));

  it.each(Array.from({ length: 24 }, (_, index) => index + 1))(
    "forgets its clients, whatever they did, and serves the next one (seed %i)",
    async (seed) => {
      await Promise.all(clientsOf(seed).map((script) => play(script, new RawClient(address))));
      await expect
        .poll(() => [server.counters.connections.open, server.counters.answering, files.size], { timeout: 5000 })
        .toEqual([0, 0, 0]);
      const next = new RawClient(address);
      next.send(REQUESTS[0]);
      expect((await next.response()).status).toBe(200);
      next.destroy();
    },
  );
});
