import type { Exchange } from "@tinyhttp/async-server";
import { describe, expect, it } from "vitest";
import { debugLine, debugLines } from "./debug-log.ts";

const peer = { address: "127.0.0.1", port: 40_000, encrypted: false };

describe("debugLines", () => {
  it("shows both heads, with secrets blanked out and controls escaped", () => {
    const exchange = {
      request: {
        method: "GET",
        target: "/a?token=s3cret&b=1",
        headers: new Map([
          ["Host", "x"],
          ["Cookie", "id=s3cret"],
          ["X-Odd", "\u009b31m"],
        ]),
      },
      version: "1.0",
      responseHead: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: id=s3cret\r\n\r\n",
      bytesSent: 5,
      durationMs: 1.23,
    } as unknown as Exchange;
    expect(debugLines(exchange).split("\n")).toEqual([
      "> GET /a?token=(hidden)&b=1 HTTP/1.0",
      "> Host: x",
      "> Cookie: (hidden)",
      "> X-Odd: \\x9b31m",
      "< HTTP/1.1 200 OK",
      "< Content-Length: 5",
      "< Set-Cookie: (hidden)",
      "= 5 bytes of content in 1.2 ms",
      "",
    ]);
  });
});

describe("debugLine", () => {
  it.each([
    [{ kind: "opened", peer }, undefined],
    [{ kind: "closed", peer }, undefined],
    [
      { kind: "refused", peer, reason: "connections-per-address" },
      "! 127.0.0.1 refused: too many connections per address",
    ],
    [{ kind: "timed-out", peer, waitedFor: "first-byte" }, "! 127.0.0.1 given up: waited too long for first byte"],
    [
      { kind: "malformed", peer, error: { code: "bad-method", status: 400, message: "Cannot parse \u001b" } },
      "! 127.0.0.1 answered with 400: Cannot parse \\x1b",
    ],
  ] as const)("says of %j: %j", (event, line) => {
    expect(debugLine(event)).toBe(line);
  });
});
