/** All connections are read into one buffer. What a handler was given must outlive the next read of any of them. */
import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { RawClient } from "@tinyhttp/server-contract";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAsyncServer, type AsyncServer } from "../src/index.ts";

const PIECES = 40;
const PIECE_BYTES = 3000;
const LETTERS = ["a", "b", "c", "d"];

let server: AsyncServer;
let clients: RawClient[];

/** Keeps every chunk as it was handed out, and joins them only when the last one is there. */
async function collect(request: HttpRequest): Promise<HttpResponse> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request.body) {
    chunks.push(chunk);
    await new Promise(setImmediate);
  }
  return { status: 200, headers: { "X-Name": request.headers.get("x-name") ?? "" }, body: Buffer.concat(chunks) };
}

beforeEach(async () => {
  server = createAsyncServer(collect);
  const address = await server.listen({ port: 0 });
  clients = LETTERS.map(() => new RawClient(address));
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  await server.close();
});

function head(letter: string, framing: string): string {
  return `POST / HTTP/1.1\r\nHost: a\r\nX-Name: ${letter.repeat(50)}\r\n${framing}\r\n\r\n`;
}

function chunk(letter: string): string {
  return `${PIECE_BYTES.toString(16)}\r\n${letter.repeat(PIECE_BYTES)}\r\n`;
}

async function expectOwnContent(): Promise<void> {
  for (const [index, letter] of LETTERS.entries()) {
    const response = await clients[index]?.response();
    expect(response?.fields["x-name"]).toBe(letter.repeat(50));
    expect(response?.body.toString("latin1")).toBe(letter.repeat(PIECES * PIECE_BYTES));
  }
}

describe("content that several clients send at the same time", () => {
  it("reaches each handler as it was sent, with a length", async () => {
    for (const [index, letter] of LETTERS.entries()) {
      clients[index]?.send(head(letter, `Content-Length: ${PIECES * PIECE_BYTES}`));
    }
    for (let piece = 0; piece < PIECES; piece++) {
      for (const [index, letter] of LETTERS.entries()) clients[index]?.send(letter.repeat(PIECE_BYTES));
      await new Promise(setImmediate);
    }
    await expectOwnContent();
  });

  it("reaches each handler as it was sent, in chunks that share a segment with the head", async () => {
    for (const [index, letter] of LETTERS.entries()) {
      clients[index]?.send(head(letter, "Transfer-Encoding: chunked") + chunk(letter));
    }
    for (let piece = 1; piece < PIECES; piece++) {
      for (const [index, letter] of LETTERS.entries()) clients[index]?.send(chunk(letter));
      await new Promise(setImmediate);
    }
    for (const client of clients) client.send("0\r\n\r\n");
    await expectOwnContent();
  });

  it("leaves a request that waits behind another one as it came", async () => {
    const first = head("f", "Content-Length: 1");
    for (const [index, letter] of LETTERS.entries()) {
      clients[index]?.send(`${first}f${head(letter, `Content-Length: ${PIECES * PIECE_BYTES}`)}${letter.repeat(100)}`);
    }
    for (const [index, letter] of LETTERS.entries()) clients[index]?.send(letter.repeat(PIECES * PIECE_BYTES - 100));
    for (const client of clients) expect((await client.response()).body.toString()).toBe("f");
    await expectOwnContent();
  });
});
