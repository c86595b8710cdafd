import { describe, expect, it } from "vitest";
import { reportsOf } from "../../test/read-text.ts";
import { reportText } from "./report-text.ts";

function textOf(input: string, requestMethods: readonly string[] = []): string {
  return reportsOf(input, requestMethods).map(reportText).join("");
}

describe("reportText", () => {
  it("shows a message's head and what it means", () => {
    expect(textOf("GET /a HTTP/1.1\r\nHost:  b \r\n\r\n")).toBe(`request 1, bytes 0 to 29 (30 bytes)

    GET /a HTTP/1.1
    Host: b

  framing     no body (RFC 9112 §6.3 step 7)
  body        0 bytes
  keep-alive  yes, HTTP/1.1 (RFC 9112 §9.3)

`);
  });

  it("puts the caret under the byte that is wrong", () => {
    expect(textOf("GET / HTTP/1.1\r\nHost: a\r\nA: \u0001b\r\n\r\n")).toBe(`request 1, from byte 0

  malformed at byte 28: field-value-invalid (RFC 9110 §5.5), status 400
  Cannot read field line: expected a value without control characters, got 0x01 (byte 28, RFC 9110 §5.5)

    GET / HTTP/1.1\\r\\nHost: a\\r\\nA: \\x01b\\r\\n\\r\\n
                                    ^

`);
  });

  it("escapes what could move the cursor of a terminal", () => {
    const text = textOf("HTTP/1.1 200 \u009b2J\r\nA: b\u009b31m\u00ad\r\nContent-Length: 0\r\n\r\n");
    expect(text).toContain(`    HTTP/1.1 200 \\x9b2J\n    A: b\\x9b31m\u00ad\n`);
  });

  it.each([
    ["HTTP/1.1 204 No\r\n\r\n", "  framing     no body (RFC 9112 §6.3 step 1: status 204)\n"],
    [
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
      "  framing     Content-Length 1 (RFC 9112 §6.3 step 6)\n  body        1 byte\n",
    ],
    ["HTTP/1.1 200 OK\r\n\r\nab", "  framing     until close (RFC 9112 §6.3 step 8)\n  body        2 bytes\n"],
    [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nA: b\r\n\r\n",
      "  framing     chunked (RFC 9112 §6.3 step 4)\n  body        2 bytes, decoded\n",
    ],
    ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n", "\n  trailers\n\n    A: b\n"],
    ["HTTP/1.1 100 Continue\r\n\r\n", "  interim     another response follows (RFC 9110 §15.2)\n"],
    ["HTTP/1.1 101 Go\r\n\r\nx", "\nanother protocol, bytes 19 to 19 (1 byte)\n"],
    [
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na",
      "  incomplete: the input ends at byte 39 (RFC 9112 §8) without 2 of 3 bytes of the body\n",
    ],
    ["HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na", "  body        1 byte, so far\n"],
    [
      "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na",
      "  expects     100 (Continue) before the body is sent (RFC 9110 §10.1.1)\n",
    ],
    [
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
      "  upgrade     offered; what follows is read as HTTP (RFC 9110 §7.8)\n",
    ],
  ])("says of %j: %j", (input, line) => {
    expect(textOf(input)).toContain(line);
  });

  it("calls what follows 2xx to CONNECT a tunnel", () => {
    const text = textOf("HTTP/1.1 200 OK\r\n\r\nabc", ["CONNECT"]);
    expect(text).toContain("  framing     no body, a tunnel (RFC 9112 §6.3 step 2: 200 to CONNECT)\n");
    expect(text).toContain("another protocol, bytes 19 to 21 (3 bytes)\n");
  });
});
