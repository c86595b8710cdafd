import { RequestParser } from "@tinyhttp/http-parser";
import { describe, expect, it } from "vitest";
import { earlyResponse } from "./early-response.ts";

function statusOf(request: string): number | undefined {
  const parser = new RequestParser();
  parser.feed(Buffer.from(request));
  parser.next();
  const { method, contentLength } = parser.head;
  return earlyResponse(method, contentLength, 1000)?.status;
}

describe("earlyResponse", () => {
  it.each([
    ["GET / HTTP/1.1\r\nHost: a\r\n\r\n", undefined],
    ["FROBNICATE / HTTP/1.1\r\nHost: a\r\n\r\n", undefined],
    ["PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n", undefined],
    ["PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", undefined],
    ["PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413],
    ["CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", 501],
    ["TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 501],
    ["trace / HTTP/1.1\r\nHost: a\r\n\r\n", undefined],
  ])("answers %j with %s", (request, status) => {
    expect(statusOf(request)).toBe(status);
  });
});
