import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { answerOf, assertSameAnswer, readAnswer } from "./same-answer.ts";

const CONTENT = new TextEncoder().encode("the file");

async function answeredBy(listener: RequestListener): Promise<ReturnType<typeof readAnswer>> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await readAnswer(`http://127.0.0.1:${(server.address() as AddressInfo).port}/file`);
  } finally {
    server.close();
  }
}

describe("assertSameAnswer", () => {
  it("accepts the whole file with its length", async () => {
    const actual = await answeredBy((_, response) => response.end(CONTENT));
    expect(() => assertSameAnswer("a", "/file", actual, answerOf(CONTENT))).not.toThrow();
  });
  it("refuses a chunked answer with the same bytes", async () => {
    const actual = await answeredBy((_, response) => {
      response.write(CONTENT);
      response.end();
    });
    expect(() => assertSameAnswer("a", "/file", actual, answerOf(CONTENT))).toThrow(
      'Cannot compare a: it answers "/file" with contentLength "undefined", expected "8"',
    );
  });
  it("refuses other bytes of the same length", async () => {
    const actual = await answeredBy((_, response) => response.end("the fiLe"));
    expect(() => assertSameAnswer("a", "/file", actual, answerOf(CONTENT))).toThrow(/with sha256/);
  });
  it("refuses another status", async () => {
    const actual = await answeredBy((_, response) => response.writeHead(404).end(CONTENT));
    expect(() => assertSameAnswer("a", "/file", actual, answerOf(CONTENT))).toThrow(/status "404", expected "200"/);
  });
});

describe("readAnswer", () => {
  it("asks for no content coding, as the load does", async () => {
    let asked: string | undefined = "unset";
    await answeredBy((request, response) => {
      asked = request.headers["accept-encoding"];
      response.end();
    });
    expect(asked).toBeUndefined();
  });
});
