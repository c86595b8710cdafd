import { describe, expect, it } from "vitest";
import { toBytes, toText } from "../test/vectors.ts";
import { HttpSyntaxError } from "./errors.ts";
import type { ParserLimits } from "./limits.ts";
import { ResponseParser } from "./response-parser.ts";

function parserFor(...methods: string[]): ResponseParser {
  const parser = new ResponseParser();
  for (const method of methods) parser.expect(method);
  return parser;
}

function eventsOf(parser: ResponseParser, ...chunks: string[]): string[] {
  const events: string[] = [];
  try {
    for (const chunk of chunks) {
      parser.feed(toBytes(chunk));
      for (let event = parser.next(); event !== "need-data"; event = parser.next()) {
        if (event === "head") events.push(`${parser.head.status} ${parser.head.reasonPhrase}`.trim());
        else events.push(event === "data" ? `data:${toText(parser.data)}` : event);
        if (event === "end" && parser.head.upgrade) return events;
      }
    }
  } catch (error) {
    if (!(error instanceof HttpSyntaxError)) throw error;
    events.push(`${error.code} at ${error.offset}`);
  }
  return events;
}

function limited(limits: Partial<ParserLimits>): ResponseParser {
  const parser = new ResponseParser({ limits });
  parser.expect("GET");
  return parser;
}

describe("ResponseParser", () => {
  it("reads the answers to several requests, with what comes before them (RFC 9110 §15.2)", () => {
    const parser = parserFor("GET", "HEAD", "POST");
    const text =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi" +
      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n";
    expect(eventsOf(parser, text)).toEqual([
      "100 Continue",
      "end",
      "103 Early Hints",
      "end",
      "200 OK",
      "data:hi",
      "end",
      "200 OK",
      "end",
      "204 No Content",
      "end",
    ]);
  });

  it.each([
    [["GET"], "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 0],
    [["HEAD"], "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 0],
    [["GET"], "HTTP/1.1 204 x\r\nContent-Length: 5\r\n\r\n", 0],
    [["GET"], "HTTP/1.1 200 OK\r\n\r\n", undefined],
    [["CONNECT"], "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 0],
    [["CONNECT"], "HTTP/1.1 404 x\r\nContent-Length: 5\r\n\r\n", 5],
  ])("frames by status and request method: %j %j (RFC 9112 §6.3)", (methods, text, length) => {
    const parser = parserFor(...methods);
    parser.feed(toBytes(text));
    expect(parser.next()).toBe("head");
    expect(parser.head.contentLength).toBe(length);
  });

  it("reads content until the connection ends where nothing else frames it (RFC 9112 §6.3)", () => {
    const parser = parserFor("GET");
    expect(eventsOf(parser, "HTTP/1.1 200 OK\r\n\r\nall", " of it")).toEqual(["200 OK", "data:all", "data: of it"]);
    expect(parser.head).toMatchObject({ untilClose: true, keepAlive: false, contentLength: undefined });
    parser.finish();
    expect([parser.next(), parser.next()]).toEqual(["end", "need-data"]);
  });

  it("refuses the end of the connection in other content (RFC 9112 §8)", () => {
    const parser = parserFor("GET");
    eventsOf(parser, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na");
    expect(() => parser.finish()).toThrow(expect.objectContaining({ code: "message-incomplete" }));
  });

  it.each([
    ["GET", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"],
    ["CONNECT", "HTTP/1.1 200 OK\r\n\r\n"],
  ])("hands the bytes behind an upgrade over: %s %j (RFC 9110 §7.8, §9.3.6)", (method, text) => {
    const parser = parserFor(method);
    expect(eventsOf(parser, `${text}\0\x01bytes`).at(-1)).toBe("end");
    expect(parser.head.upgrade).toBe(true);
    expect(toText(parser.unread())).toBe("\0\x01bytes");
    expect(() => parser.next()).toThrow(TypeError);
    expect(toText(parser.unread())).toBe("\0\x01bytes");
  });

  it.each(
    [
      ["HTTP/1.1 200OK\r\n", "status-code-invalid at 12"],
      ["HTTP/1.1 200\r\n", "status-code-invalid at 12"],
      ["HTTP/1.1  200 OK\r\n", "status-code-invalid at 9"],
      ["HTTP/1.1 099 x\r\n", "status-code-invalid at 9"],
      ["HTTP/1.1 600 x\r\n", "status-code-invalid at 9"],
      ["HTTP/1.1 2x0 x\r\n", "status-code-invalid at 10"],
      ["HTTP/2.0 200 OK\r\n", "version-unsupported at 0"],
      ["ICY 200 OK\r\n", "version-invalid at 0"],
      ["\r\nHTTP/1.1 200 OK\r\n", "too-many-empty-lines at 0"],
      ["HTTP/1.1 200 O\x01K\r\n", "reason-phrase-invalid at 14"],
      ["HTTP/1.1 200 OK\n", "bare-lf at 15"],
      ["HTTP/1.1 200 OK\rx", "bare-cr at 16"],
    ].slice(1),
  )("refuses %j", (text, refusal) => {
    expect(eventsOf(parserFor("GET"), text).at(-1)).toBe(refusal);
  });

  it("refuses a response to no request", () => {
    expect(eventsOf(parserFor(), "HTTP/1.1 200 OK\r\n\r\n")).toEqual(["response-unexpected at 0"]);
    expect(eventsOf(parserFor("GET"), "HTTP/1.1 204 x\r\n\r\nHTTP/1.1 204 x\r\n\r\n").at(-1)).toBe(
      "response-unexpected at 18",
    );
  });

  it("bounds the status line and the interim responses", () => {
    expect(eventsOf(limited({ maxStatusLineBytes: 20 }), "HTTP/1.1 200 aaaaaaaa\r\n")).toEqual([
      "status-line-too-long at 20",
    ]);
    expect(eventsOf(limited({ maxInterimResponses: 1 }), "HTTP/1.1 100 x\r\n\r\n".repeat(2)).at(-1)).toBe(
      "too-many-interim-responses at 18",
    );
  });

  it("gives a head away for ever", () => {
    const parser = parserFor("GET", "GET");
    parser.feed(toBytes("HTTP/1.0 404 Caf\xe9\r\nA: b\r\n\r\n"));
    parser.next();
    const head = parser.takeHead();
    expect([head.status, head.reasonPhrase, head.versionMinor, head.fields.get("a"), parser.head.reasonPhrase]).toEqual(
      [404, "Caf\xe9", 0, "b", ""],
    );
  });
});
