import { describe, expect, it } from "vitest";
import { framingOf } from "../../test/read-text.ts";

const HOST = "Host: a\r\n";

describe("requestFraming", () => {
  it.each([
    [`GET / HTTP/1.1\r\n${HOST}\r\n`, { kind: "none", step: 7 }],
    [`CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n`, { kind: "none", step: 7 }],
    [`GET / HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`, { kind: "length", length: 0, step: 6 }],
    [`POST / HTTP/1.1\r\n${HOST}content-length: 3\r\n\r\nabc`, { kind: "length", length: 3, step: 6 }],
    [`POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, { kind: "chunked", step: 4 }],
  ])("names the step of RFC 9112 §6.3 for %j", (text, framing) => {
    expect(framingOf(text)).toEqual(framing);
  });
});

describe("responseFraming", () => {
  it.each([
    ["HEAD", "200 OK\r\nContent-Length: 9\r\n", { kind: "none", step: 1, reason: "answer to HEAD" }],
    ["GET", "100 Continue\r\n", { kind: "none", step: 1, reason: "status 100" }],
    ["GET", "101 Switching Protocols\r\n", { kind: "none", step: 1, reason: "status 101" }],
    ["GET", "204 No Content\r\n", { kind: "none", step: 1, reason: "status 204" }],
    ["GET", "304 Not Modified\r\nContent-Length: 9\r\n", { kind: "none", step: 1, reason: "status 304" }],
    ["CONNECT", "200 OK\r\n", { kind: "tunnel", step: 2, reason: "200 to CONNECT" }],
    ["CONNECT", "404 Not Found\r\nContent-Length: 0\r\n", { kind: "length", length: 0, step: 6 }],
    ["GET", "200 OK\r\nTransfer-Encoding: chunked\r\n", { kind: "chunked", step: 4 }],
    ["GET", "200 OK\r\nContent-Length: 0\r\n", { kind: "length", length: 0, step: 6 }],
    ["GET", "200 OK\r\n", { kind: "until-close", step: 8 }],
  ])("names the step of RFC 9112 §6.3 for an answer to %s: %j", (method, head, framing) => {
    expect(framingOf(`HTTP/1.1 ${head}\r\n`, [method])).toEqual(framing);
  });
});
