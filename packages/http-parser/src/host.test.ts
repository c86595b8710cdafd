import { describe, expect, it } from "vitest";
import { headOf, refusalOf } from "../test/read.ts";

const HOST_AT = "GET / HTTP/1.1\r\nHost: ".length;

describe("scanHost", () => {
  it.each([
    "a",
    "example.com",
    "example.com:80",
    "example.com:",
    "a_b.example",
    "xn--bcher-kva.example",
    "ex%41mple.com",
    "%41",
    "127.0.0.1:8080",
    "[::1]",
    "[::1]:80",
    "[::]",
    "[1:2:3:4:5:6:7:8]",
    "[2001:db8::1]",
    "[1::8]",
    "[::ffff:192.0.2.1]",
    "[1:2:3:4:5:6:192.0.2.1]",
    "",
    "a:59999",
    "a:60000",
    "a:65535",
    "a:00001",
    "a:000001",
  ])("accepts %j (RFC 9110 §7.2)", (host) => {
    expect(headOf(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`).fields.get("host")).toBe(host);
  });

  it.each([
    "a b",
    "a,b",
    "a/b",
    "u@a",
    "a?b",
    "a\\b",
    "a:8x",
    "a:5999x",
    "a:599999",
    "a:65536",
    "a:80:80",
    "a%4",
    "a%4g",
    "a%",
    "caf\xe9",
    'a"b',
    "<a>",
    "[",
    "[]",
    "[::1",
    "::1",
    "[::1]x",
    "[::1]:x",
    "[:1]",
    "[1:]",
    "[:::]",
    "[1:::2]",
    "[1::2::3]",
    "[12345::]",
    "[1:2:3:4:5:6:7]",
    "[1:2:3:4:5:6:7:8:9]",
    "[1:2:3:4:5:6:7::8]x",
    "[::1.2.3]",
    "[::1.2.3.4.5]",
    "[::256.1.1.1]",
    "[::01.2.3.4]",
    "[::1.2.3.4:5]",
    "[v1.a]",
    "[fe80::1%25eth0]",
    "[1.2.3.4]",
    "[::g]",
  ])("refuses %j", (host) => {
    expect(refusalOf(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toBe(`host-invalid at ${HOST_AT}`);
  });
});
