import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chunkHead,
  encodeFields,
  HttpSyntaxError,
  lastChunk,
  requestHead,
  RequestParser,
  responseHead,
} from "../src/index.ts";
import { readRequests, readResponses, toBytes, toText } from "./vectors.ts";

const TOKEN_CHARACTERS = Array.from("!#$%&'*+-.^_`|~09azAZ");
const token = fc.string({ unit: fc.constantFrom(...TOKEN_CHARACTERS), minLength: 1, maxLength: 20 });
const content = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((byte) => byte !== 0x7f)
    .map((byte) => String.fromCharCode(byte)),
  maxLength: 40,
});
const fieldValue = content.map((text) => text.trim().replace(/^[ \t]+|[ \t]+$/g, ""));
const managed =
  /^(host|expect|upgrade|connection|content-length|transfer-encoding|te|trailer|keep-alive|proxy-connection)$/i;
const fields = fc.array(
  fc.tuple(
    token.filter((name) => !managed.test(name)),
    fieldValue,
  ),
  { maxLength: 8 },
);
const target = fc
  .string({ unit: fc.constantFrom(...Array.from('/a?|^%.=&;:@~"<>\\')), maxLength: 20 })
  .map((rest) => `/${rest}`);
const body = fc.uint8Array({ maxLength: 60 }).map(toText);
/** Bytes that a parser has something to do with, and any others. */
const noise = fc.oneof(
  fc.uint8Array({ maxLength: 80 }).map(toText),
  fc
    .array(
      fc.constantFrom(
        "GET ",
        "/ ",
        "HTTP/1.1",
        "\r\n",
        "Host: a\r\n",
        "A: b",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "3\r\nabc\r\n",
        "0\r\n\r\n",
        "\r",
        "\n",
        "\0",
        ":",
        " ",
        "HTTP/1.1 200 OK\r\n",
        "\xff",
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join("")),
);

interface Sent {
  readonly method: string;
  readonly target: string;
  readonly fields: readonly [string, string][];
  readonly body: string;
  readonly chunked: boolean;
}

const request: fc.Arbitrary<Sent> = fc.record({
  method: token.filter((name) => name !== "CONNECT"),
  target,
  fields,
  body,
  chunked: fc.boolean(),
});

function encode(sent: Sent): string {
  const head = requestHead({
    method: sent.method,
    target: sent.target,
    host: "example.com",
    fields: encodeFields(sent.fields),
    framing: sent.chunked ? "chunked" : sent.body.length,
  });
  if (!sent.chunked) return head + sent.body;
  return (
    head +
    (sent.body === "" ? "" : `${chunkHead(sent.body.length)}${sent.body}\r\n`) +
    lastChunk(encodeFields([["X-Sum", "1"]]))
  );
}

function cut(text: string, places: readonly number[]): Uint8Array[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((start, index) => toBytes(text.slice(start, at[index])));
}

describe("RequestParser", () => {
  it("reads the same however the bytes are split", () => {
    fc.assert(
      fc.property(
        fc.array(request, { minLength: 1, maxLength: 3 }),
        noise,
        fc.array(fc.nat(), { maxLength: 8 }),
        (messages, rest, places) => {
          const text = messages.map(encode).join("") + rest;
          expect(readRequests(cut(text, places))).toEqual(readRequests([toBytes(text)]));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("reads back what requestHead wrote", () => {
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 3 }), (messages) => {
        const outcome = readRequests([toBytes(messages.map(encode).join(""))]);
        expect(
          outcome.messages.map((message) => [
            message.method,
            message.target,
            message.headers.slice(1, -1),
            message.body,
          ]),
        ).toEqual(messages.map((sent) => [sent.method, sent.target, sent.fields, sent.body]));
      }),
      { numRuns: 300 },
    );
  });

  it("never refuses a proper prefix of what it accepts", () => {
    fc.assert(
      fc.property(request, fc.nat(), (sent, place) => {
        const text = encode(sent);
        const prefix = text.slice(0, place % text.length);
        expect(readRequests([toBytes(prefix)])).toEqual({ outcome: "incomplete", messages: [] });
      }),
      { numRuns: 300 },
    );
  });

  it("answers any bytes with messages or an HttpSyntaxError", () => {
    fc.assert(
      fc.property(noise, (text) => {
        expect(["accept", "reject", "incomplete"]).toContain(readRequests([toBytes(text)]).outcome);
        expect(["accept", "reject", "incomplete"]).toContain(readResponses([toBytes(text)], "GET", true).outcome);
      }),
      { numRuns: 1000 },
    );
  });

  it("holds no more of an endless message than the limits allow", () => {
    const endless = fc.constantFrom<string>(
      "A",
      "GET /",
      "GET / HTTP/1.1\r\nA",
      "GET / HTTP/1.1\r\nA: ",
      "GET / HTTP/1.1\r\nHost: a\r\n",
    );
    const filler = fc.constantFrom<string>("a", "A: b\r\n", "a".repeat(100), ": ");
    fc.assert(
      fc.property(endless, filler, (start, more) => {
        const parser = new RequestParser();
        let sent = 0;
        const refuse = (): void => {
          for (let chunk = start; sent < 40_000; chunk = more) {
            parser.feed(toBytes(chunk));
            sent += chunk.length;
            while (parser.next() !== "need-data");
          }
        };
        expect(refuse).toThrow(HttpSyntaxError);
        expect(sent).toBeLessThan(8192 + 16_384 + 200);
      }),
      { numRuns: 30 },
    );
  });
});

describe("ResponseParser", () => {
  const response = fc.record({
    status: fc.integer({ min: 200, max: 599 }).filter((status) => status !== 204 && status !== 304),
    reasonPhrase: content,
    fields,
    body,
  });

  it("reads back what responseHead wrote, however it is split", () => {
    fc.assert(
      fc.property(
        response,
        fc.array(fc.nat(), { maxLength: 8 }),
        ({ status, reasonPhrase, fields: given, body: text }, places) => {
          const wire = responseHead({ status, reasonPhrase, fields: encodeFields(given), framing: text.length }) + text;
          const outcome = readResponses(cut(wire, places), "GET", false);
          expect(
            outcome.messages.map((message) => [
              message.status,
              message.reason,
              message.headers.slice(0, -1),
              message.body,
            ]),
          ).toEqual([[status, reasonPhrase, given, text]]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("encodeFields", () => {
  it("writes nothing that could be read as another line, or refuses", () => {
    const anything = fc.array(
      fc.tuple(fc.string({ unit: "binary", maxLength: 6 }), fc.string({ unit: "binary", maxLength: 12 })),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(anything, (pairs) => {
        let lines: string;
        try {
          lines = encodeFields(pairs).fieldLines;
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        expect(lines).toMatch(/^(?:[^\r\n:]+: [^\r\n]*\r\n)*$/);
        expect(lines.split("\r\n").length - 1).toBeLessThanOrEqual(pairs.length);
      }),
      { numRuns: 1000 },
    );
  });
});
