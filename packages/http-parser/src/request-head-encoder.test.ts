import { describe, expect, it } from "vitest";
import { encodeFields } from "./encoded-fields.ts";
import { requestHead } from "./request-head-encoder.ts";

describe("requestHead", () => {
  it.each([
    [{ method: "GET", target: "/", host: "a" }, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"],
    [{ method: "POST", target: "/", host: "a", framing: 3 }, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"],
    [
      { method: "POST", target: "/", host: "a", framing: "chunked", expectContinue: true },
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n",
    ],
    [
      { method: "GET", target: "/", host: "a", keepAlive: false },
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    ],
    [
      { method: "GET", target: "/", host: "a", upgrade: "websocket" },
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    ],
    [{ method: "CONNECT", target: "a:1", host: "a:1" }, "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n"],
  ] as const)("writes %j (RFC 9112 §3)", (options, text) => {
    expect(requestHead(options)).toBe(text);
  });

  it("takes Host and Content-Length from the fields", () => {
    const fields = encodeFields({ Host: "a", "Content-Length": "2", A: "b" });
    expect(requestHead({ method: "PUT", target: "/", fields })).toBe(
      "PUT / HTTP/1.1\r\nHost: a\r\nA: b\r\nContent-Length: 2\r\n\r\n",
    );
  });

  it.each([
    [{ method: "GET", target: "/" }, /expected a Host field/],
    [{ method: "G T", target: "/", host: "a" }, /Cannot encode request head/],
    [{ method: "", target: "/", host: "a" }, /expected a token/],
    [{ method: "GET", target: "/ HTTP/1.1\r\nX: y", host: "a" }, /Cannot encode request head/],
    [{ method: "GET", target: "/ HTTP/1.1\r\nHost: a\r\n\r\nGET /", host: "a" }, /Cannot encode request head/],
    [{ method: "GET", target: "/caf\u0142", host: "a" }, /Cannot encode request head/],
    [{ method: "GET", target: "*", host: "a" }, /the form that the method takes/],
    [{ method: "GET", target: "/", host: "a\r\nX: y" }, /Cannot encode request head/],
    [{ method: "GET", target: "/", host: "a b" }, /a host name or address/],
    [{ method: "GET", target: "http://a/", host: "b" }, /expected Host to equal/],
    [{ method: "GET", target: "/", host: "a", upgrade: "x\r\nY: z" }, /field Upgrade/],
    [{ method: "GET", target: "/", host: "a", expectContinue: true }, /expected content to wait with/],
  ] as const)("refuses %j", (options, message) => {
    expect(() => requestHead(options)).toThrow(TypeError);
    expect(() => requestHead(options)).toThrow(message);
  });

  it("refuses a length that is none, and one that differs from the fields'", () => {
    expect(() => requestHead({ method: "GET", target: "/", host: "a", framing: -1 })).toThrow(RangeError);
    expect(() =>
      requestHead({
        method: "GET",
        target: "/",
        host: "a",
        fields: encodeFields({ "Content-Length": "3" }),
        framing: "chunked",
      }),
    ).toThrow(TypeError);
    expect(() => requestHead({ method: "GET", target: "/", host: "a", fields: encodeFields({ Host: "a" }) })).toThrow(
      /one Host field/,
    );
  });
});
