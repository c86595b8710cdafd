import type { HttpResponse } from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";
import { describe, expect, it } from "vitest";
import { planResponse, type ResponseContext } from "./response-plan.ts";

const CONTEXT: ResponseContext = { isHead: false, versionMinor: 1, keepAlive: true, now: 0 };

function framing(response: HttpResponse, context: Partial<ResponseContext> = {}): unknown[] {
  const { head, content, sendsContent, keepAlive } = planResponse(response, { ...CONTEXT, ...context });
  const lines = head.split("\r\n").filter((line) => /^(Content-Length|Transfer-Encoding|Connection):/.test(line));
  return [...lines, sendsContent ? content.kind : "none", keepAlive ? "persists" : "closes"];
}

async function* stream(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1);
}

const slice = { length: 7, read: () => Promise.resolve(7), close: () => {} };
const seven = { "Content-Length": "7" };

describe("planResponse", () => {
  it.each<[string, HttpResponse, unknown[]]>([
    ["nothing", { status: 200 }, ["Content-Length: 0", "none", "persists"]],
    ["null", { status: 200, body: null }, ["Content-Length: 0", "none", "persists"]],
    ["text", { status: 200, body: "é" }, ["Content-Length: 2", "text", "persists"]],
    ["bytes", { status: 404, body: new Uint8Array(3) }, ["Content-Length: 3", "bytes", "persists"]],
    ["a file", { status: 206, body: slice }, ["Content-Length: 7", "file", "persists"]],
    ["a stream", { status: 200, body: stream() }, ["Transfer-Encoding: chunked", "stream", "persists"]],
    ["a measured stream", { status: 200, headers: seven, body: stream() }, ["Content-Length: 7", "stream", "persists"]],
    ["204", { status: 204, body: "x" }, ["none", "persists"]],
    ["205", { status: 205, body: "x" }, ["Content-Length: 0", "none", "persists"]],
    ["304", { status: 304 }, ["none", "persists"]],
    ["304 with a length", { status: 304, headers: seven }, ["Content-Length: 7", "none", "persists"]],
    ["304 with a stream", { status: 304, body: stream() }, ["none", "persists"]],
  ])("frames %s (RFC 9112 §6.3)", (_, response, expected) => {
    expect(framing(response)).toEqual(expected);
  });

  it.each<[string, HttpResponse, unknown[]]>([
    ["nothing", { status: 200 }, ["none", "persists"]],
    ["a length alone", { status: 200, headers: seven }, ["Content-Length: 7", "none", "persists"]],
    ["text", { status: 200, body: "ab" }, ["Content-Length: 2", "none", "persists"]],
    ["a stream", { status: 200, body: stream() }, ["none", "persists"]],
  ])("answers HEAD with %s as GET without content (RFC 9110 §9.3.2)", (_, response, expected) => {
    expect(framing(response, { isHead: true })).toEqual(expected);
  });

  it("ends a stream in HTTP/1.0 with the connection (RFC 9112 §6.3)", () => {
    expect(framing({ status: 200, body: stream() }, { versionMinor: 0 })).toEqual([
      "Connection: close",
      "stream",
      "closes",
    ]);
    expect(framing({ status: 200, headers: seven, body: stream() }, { versionMinor: 0 })).toEqual([
      "Content-Length: 7",
      "Connection: keep-alive",
      "stream",
      "persists",
    ]);
  });

  it.each<[string, HttpResponse, Partial<ResponseContext>]>([
    ["the connection does not persist", { status: 200 }, { keepAlive: false }],
    ["the handler wants it", { status: 200, headers: { connection: "close" } }, {}],
  ])("says close when %s (RFC 9112 §9.6)", (_, response, context) => {
    expect(framing(response, context)).toEqual(["Content-Length: 0", "Connection: close", "none", "closes"]);
  });

  it("leaves a Date to the handler that gives one", () => {
    const { head } = planResponse({ status: 200, headers: { Date: "Thu, 01 Jan 1970 00:00:00 GMT" } }, CONTEXT);
    expect(head.match(/^Date: .*$/gim)).toEqual(["Date: Thu, 01 Jan 1970 00:00:00 GMT"]);
  });

  it("takes fields that were encoded ahead of time", () => {
    const { head } = planResponse({ status: 200, headers: encodeFields({ "X-A": "1" }) }, CONTEXT);
    expect(head).toContain("\r\nX-A: 1\r\n");
  });

  it("gives text with kept fields the head that it gives any other, each time with its own length and status", () => {
    const lines = [["Content-Type", "text/plain"]] as const;
    const kept = Object.freeze(lines.map((line) => Object.freeze(line)));
    for (const status of [200, 404, 200]) {
      for (const body of ["a", "", "é".repeat(3000)]) {
        const { head } = planResponse({ status, headers: lines, body }, CONTEXT);
        for (const headers of [kept, encodeFields(lines)]) {
          // The first time, a list that will not change is not known to be one.
          planResponse({ status, headers, body: "other" }, CONTEXT);
          const plan = planResponse({ status, headers, body }, CONTEXT);
          expect(plan.head).toBe(head);
          expect(Buffer.from(plan.headBytes ?? []).toString("latin1") + plan.headRest).toBe(head);
        }
      }
    }
  });

  it("gives kept fields no such head where it says more than a length", () => {
    const headers = encodeFields({ "X-A": "1" });
    planResponse({ status: 200, headers, body: "a" }, CONTEXT);
    for (const context of [{ keepAlive: false }, { versionMinor: 0 as const }, { isHead: true }]) {
      expect(planResponse({ status: 200, headers, body: "a" }, { ...CONTEXT, ...context }).headRest).toBeUndefined();
    }
    const measured = { status: 200, headers: encodeFields({ "Content-Length": "2" }), body: "a" };
    expect(() => planResponse(measured, CONTEXT)).toThrow(TypeError);
  });

  it.each([100, 101, 199, 600, 200.5, Number.NaN])("refuses the status %s", (status) => {
    expect(() => planResponse({ status }, CONTEXT)).toThrow(
      `Cannot send a response: expected a status from 200 to 599, got ${status}`,
    );
  });
});
