import { describe, expect, it } from "vitest";
import { reportsOf } from "../../test/read-text.ts";
import { reportJson } from "./report-json.ts";

describe("reportJson", () => {
  it("gives a request as one line", () => {
    const lines = reportsOf("POST /a HTTP/1.1\r\nHost: b\r\nContent-Length: 2\r\n\r\nhi").map(reportJson);
    expect(lines).toEqual([expect.stringMatching(/^[ -~]+\n$/)]);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      kind: "request",
      number: 1,
      begin: 0,
      end: 50,
      method: "POST",
      target: "/a",
      version: "1.1",
      fields: [
        ["Host", "b"],
        ["Content-Length", "2"],
      ],
      expectsContinue: false,
      upgrade: false,
      keepAlive: true,
      framing: { kind: "length", length: 2, section: "RFC 9112 §6.3 step 6" },
      bodyLength: 2,
      trailers: [],
    });
  });

  it("gives a response with the method of its request", () => {
    const [line] = reportsOf("HTTP/1.0 304 \r\n\r\n", ["HEAD"]).map(reportJson);
    expect(JSON.parse(line ?? "")).toEqual({
      kind: "response",
      number: 1,
      begin: 0,
      end: 17,
      status: 304,
      reasonPhrase: "",
      version: "1.0",
      fields: [],
      requestMethod: "HEAD",
      interim: false,
      upgrade: false,
      keepAlive: false,
      framing: { kind: "none", section: "RFC 9112 §6.3 step 1" },
      bodyLength: 0,
      trailers: [],
    });
  });

  it("gives an error with its code, offset, status and section", () => {
    const [line] = reportsOf("GET / HTTP/1.1\r\n\r\n").map(reportJson);
    expect(JSON.parse(line ?? "")).toMatchObject({
      kind: "request",
      begin: 0,
      error: { code: "host-missing", offset: expect.any(Number), status: 400, section: "RFC 9112 §3.2" },
    });
  });

  it("says what is missing at the end of the input", () => {
    const [line] = reportsOf("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na").map(reportJson);
    expect(JSON.parse(line ?? "")).toMatchObject({
      status: 200,
      bodyLength: 1,
      error: { code: "message-incomplete", missing: "2 of 3 bytes of the body" },
    });
  });

  it("keeps bytes beyond ASCII readable and out of the terminal", () => {
    const [line] = reportsOf("HTTP/1.1 200 \u009b\u00e9\r\nContent-Length: 0\r\n\r\n").map(reportJson);
    expect(line).toContain(String.raw`"reasonPhrase":"\u009b\u00e9"`);
  });
});
