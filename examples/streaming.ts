/** A response that is made while it is sent. The server waits for slow readers, and ends the work when one leaves. */
import { setTimeout as wait } from "node:timers/promises";
import { createAsyncServer } from "@tinyhttp/async-server";
import { byPath, type Handler } from "@tinyhttp/handler";

const encoder = new TextEncoder();

/** A table of squares, row by row: of a million rows only those are made that somebody takes. */
const squares: Handler = ({ query }) => {
  const rows = Math.min(Number(new URLSearchParams(query).get("rows") ?? 10) || 0, 1_000_000);
  async function* table(): AsyncGenerator<Uint8Array> {
    yield encoder.encode("number,square\n");
    for (let number = 1; number <= rows; number++) yield encoder.encode(`${number},${number * number}\n`);
  }
  return { status: 200, headers: { "content-type": "text/csv" }, body: table() };
};

/** Events for a page's `EventSource`, until the page goes away. */
const clock: Handler = ({ signal }) => {
  async function* ticks(): AsyncGenerator<Uint8Array> {
    while (!signal.aborted) {
      yield encoder.encode(`data: ${new Date().toISOString()}\n\n`);
      await wait(1000, undefined, { signal }).catch(() => {});
    }
  }
  return { status: 200, headers: { "content-type": "text/event-stream", "cache-control": "no-store" }, body: ticks() };
};

const server = createAsyncServer(byPath({ "/squares.csv": squares, "/clock": clock }));
const { url } = await server.listen({ port: Number(process.env["PORT"] ?? 8080) });
console.log(url);
