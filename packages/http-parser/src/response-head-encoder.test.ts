import { describe, expect, it } from "vitest";
import { encodeFields } from "./encoded-fields.ts";
import { responseHead } from "./response-head-encoder.ts";

describe("responseHead", () => {
  it("writes a status line, a date, the fields and the framing (RFC 9112 §4, §6)", () => {
    const fields = encodeFields({ "Content-Type": "text/plain" });
    expect(responseHead({ status: 200, fields, framing: 5, date: "Sat, 21 Nov 2026 00:00:00 GMT" })).toBe(
      "HTTP/1.1 200 OK\r\nDate: Sat, 21 Nov 2026 00:00:00 GMT\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n",
    );
  });

  it.each([
    [{ status: 200 }, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"],
    [{ status: 599 }, "HTTP/1.1 599 \r\nContent-Length: 0\r\n\r\n"],
    [{ status: 404, reasonPhrase: "Gone fishing" }, "HTTP/1.1 404 Gone fishing\r\nContent-Length: 0\r\n\r\n"],
    [{ status: 204 }, "HTTP/1.1 204 No Content\r\n\r\n"],
    [{ status: 304 }, "HTTP/1.1 304 Not Modified\r\n\r\n"],
    [{ status: 304, framing: 7 }, "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n"],
    [{ status: 103 }, "HTTP/1.1 103 Early Hints\r\n\r\n"],
    [{ status: 200, framing: "chunked" }, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"],
    [{ status: 200, framing: "until-close" }, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"],
    [{ status: 200, framing: "none" }, "HTTP/1.1 200 OK\r\n\r\n"],
    [{ status: 200, keepAlive: false }, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"],
    [{ status: 200, versionMinor: 0 }, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n"],
    [
      { status: 101, upgrade: "websocket" },
      "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    ],
  ] as const)("writes %j", (options, text) => {
    expect(responseHead(options)).toBe(text);
  });

  it("takes Content-Length, Date and Connection: close from the fields", () => {
    const fields = encodeFields({ "Content-Length": "3", Date: "x", Connection: "close" });
    expect(responseHead({ status: 200, fields, date: "y" })).toBe(
      "HTTP/1.1 200 OK\r\nDate: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\n",
    );
  });

  it.each([
    [{ status: 99 }, RangeError],
    [{ status: 600 }, RangeError],
    [{ status: 200.5 }, RangeError],
    [{ status: 200, framing: -1 }, RangeError],
    [{ status: 200, framing: 0.5 }, RangeError],
    [{ status: 200, reasonPhrase: "a\r\nB: c" }, TypeError],
    [{ status: 200, reasonPhrase: "\u0100" }, TypeError],
    [{ status: 200, date: "a\r\nB: c" }, TypeError],
    [{ status: 204, framing: 0 }, TypeError],
    [{ status: 100, framing: "chunked" }, TypeError],
    [{ status: 304, framing: "chunked" }, TypeError],
    [{ status: 204, framing: "until-close" }, TypeError],
    [{ status: 200, framing: "chunked", versionMinor: 0 }, TypeError],
    [{ status: 101 }, TypeError],
    [{ status: 200, upgrade: "x" }, TypeError],
    [{ status: 101, upgrade: "a\r\nB: c" }, TypeError],
    [{ status: 101, upgrade: "" }, TypeError],
  ] as const)("refuses %j", (options, error) => {
    expect(() => responseHead(options)).toThrow(error);
  });

  it("refuses a length that differs from the fields' Content-Length", () => {
    expect(() => responseHead({ status: 200, fields: encodeFields({ "Content-Length": "3" }), framing: 4 })).toThrow(
      TypeError,
    );
  });
});
