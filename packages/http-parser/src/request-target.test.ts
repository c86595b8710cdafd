import { describe, expect, it } from "vitest";
import { headOf, refusalOf } from "../test/read.ts";

function refusal(method: string, target: string, host: string = "a") {
  return refusalOf(`${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)?.replace(/ at \d+$/, "");
}

describe("checkTargetAndHost", () => {
  it.each([
    ["GET", "/", "a"],
    ["GET", "//x", "a"],
    ["GET", "/a|b^c\\d", "a"],
    ["OPTIONS", "*", "a"],
    ["OPTIONS", "/", "a"],
    ["GET", "http://a/x", "a"],
    ["GET", "http://a", "A"],
    ["GET", "https://A:8/?q", "a:8"],
    ["GET", "ws+x-1.2://a?q", "a"],
    ["CONNECT", "a:1", "a:1"],
    ["CONNECT", "[::1]:443", "[::1]:443"],
    ["CONNECT", "a:1", "A"],
    ["OPTIONS", "http://a", "a"],
  ])("accepts %s %s with Host %s (RFC 9112 §3.2)", (method, target, host) => {
    expect(headOf(`${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`).target).toBe(target);
  });

  it.each([
    ["POST", "*"],
    ["GET", "*"],
    ["OPTIONS", "**"],
    ["OPTIONS", "*/"],
    ["GET", "a:1"],
    ["GET", "a"],
    ["GET", "mailto:a"],
    ["GET", "://a"],
    ["GET", "1http://a/"],
    ["GET", "http:/a"],
    ["GET", "http:///a"],
    ["GET", "http://u@a/"],
    ["GET", "http://a:x/"],
    ["CONNECT", "a"],
    ["CONNECT", "a:"],
    ["CONNECT", ":1"],
    ["CONNECT", "/"],
    ["CONNECT", "http://a:1"],
  ])("refuses %s %s", (method, target) => {
    expect(refusal(method, target)).toBe("target-form-invalid");
  });

  it.each([
    ["GET", "http://a/", "b"],
    ["GET", "http://a/", "a:80"],
    ["GET", "http://a:80/", "a"],
    ["GET", "http://a/", ""],
    ["CONNECT", "a:1", "a:2"],
    ["CONNECT", "a:1", "b"],
  ])("refuses %s %s with Host %j (RFC 9112 §3.2.2)", (method, target, host) => {
    expect(refusal(method, target, host)).toBe("host-mismatch");
  });

  it("wants exactly one Host in HTTP/1.1 and at most one in HTTP/1.0 (RFC 9112 §3.2)", () => {
    expect(refusalOf("GET / HTTP/1.1\r\nA: b\r\n\r\n")).toBe("host-missing at 24");
    expect(refusalOf("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n")).toBe("host-repeated at 25");
    expect(refusalOf("GET / HTTP/1.0\r\nHost: a\r\nhost: a\r\n\r\n")).toBe("host-repeated at 25");
    expect(headOf("GET http://a/ HTTP/1.0\r\n\r\n").target).toBe("http://a/");
  });

  it("takes no other name for Host that differs in one byte", () => {
    const taken: string[] = [];
    for (let at = 0; at < 4; at++) {
      for (let byte = 0; byte < 256; byte++) {
        const name = `${"Host".slice(0, at)}${String.fromCharCode(byte)}${"Host".slice(at + 1)}`;
        if (refusalOf(`GET / HTTP/1.1\r\n${name}: a\r\n\r\n`) === undefined) taken.push(name);
      }
    }
    expect([...new Set(taken)].sort()).toEqual(["HOst", "HoSt", "HosT", "Host", "host"]);
  });
});
