import { describe, expect, it } from "vitest";
import { eventsOf, headOf, refusalOf } from "../test/read.ts";
import { RequestParser } from "./request-parser.ts";

const HOST = "Host: a\r\n\r\n";

describe("scanRequestLine", () => {
  it("finds the method, the target and the version (RFC 9112 §3)", () => {
    expect(headOf(`PATCH /a?b HTTP/1.1\r\n${HOST}`)).toMatchObject({
      method: "PATCH",
      target: "/a?b",
      versionMinor: 1,
    });
    expect(headOf("GET / HTTP/1.0\r\n\r\n").versionMinor).toBe(0);
  });

  it.each([
    ["\tGET / HTTP/1.1\r\n", "method-invalid at 0"],
    ["GET\t/ HTTP/1.1\r\n", "method-invalid at 3"],
    ["GET  / HTTP/1.1\r\n", "target-invalid at 4"],
    ["GET /a b HTTP/1.1\r\n", "version-invalid at 7"],
    ["GET /#a HTTP/1.1\r\n", "target-invalid at 5"],
    ["GET /\r\n", "version-invalid at 5"],
    ["GET / HTTP/2.0\r\n", "version-unsupported at 6"],
    ["GET / HTTP/1.2\r\n", "version-unsupported at 6"],
    ["GET / HTTP/1.10\r\n", "version-invalid at 14"],
    ["GET / HTTP/1.1\n", "bare-lf at 14"],
    ["GET / HTTP/1.1\rX", "bare-cr at 15"],
    ["\x16\x03\x01\x02", "method-invalid at 0"],
    ["PRI * HTTP/2.0\r\n", "version-unsupported at 6"],
  ])("refuses %j", (text, refusal) => {
    expect(refusalOf(text)).toBe(refusal);
  });

  it("takes visible ASCII without # in a target, wherever it stands in a word (RFC 9112 §3.2)", () => {
    for (let before = 0; before < 8; before++) {
      const taken = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).filter((character) => {
        const target = `/${"x".repeat(before)}${character}yyyy`;
        return refusalOf(`GET ${target} HTTP/1.1\r\n${HOST}`) === undefined;
      });
      expect(taken.join("")).toMatch(/^[!"$-~]{93}$/);
    }
  });

  it("accepts a line of the longest length and refuses a longer one with 414", () => {
    const limits = { maxRequestLineBytes: 20 };
    expect(headOf(`GET /${"a".repeat(6)} HTTP/1.1\r\n${HOST}`, limits).target).toBe("/aaaaaa");
    expect(refusalOf(`GET /${"a".repeat(7)} HTTP/1.1\r\n${HOST}`, limits)).toBe("request-line-too-long at 20");
    expect(refusalOf("GET /aaaaaaaaaaaaaaaaaaaaaa", limits)).toBe("request-line-too-long at 20");
  });

  it("reports what is wrong before the limit rather than the limit", () => {
    expect(refusalOf("GET /a\x01aaaaaaaaaaaaaaaaaaaa", { maxRequestLineBytes: 10 })).toBe("target-invalid at 6");
    expect(refusalOf("GET /aaaaaaaaaaaa\x01", { maxRequestLineBytes: 10 })).toBe("request-line-too-long at 10");
  });

  it("says the same of a line that is too long and of no version that there is, at every split", () => {
    const limits = { maxRequestLineBytes: 14 };
    const text = "CONNECT a:1 HTTP/1.3\r\n";
    for (let at = 0; at < text.length; at++) {
      const events = eventsOf(new RequestParser({ limits }), text.slice(0, at), text.slice(at));
      expect(events).toEqual(["request-line-too-long at 14"]);
    }
  });
});
