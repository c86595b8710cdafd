import { describe, expect, it } from "vitest";
import { eventsOf, parserAtHead } from "../test/read.ts";
import { HIGHEST_LIMIT } from "./limits.ts";
import { RequestParser } from "./request-parser.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

describe("ByteLoan", () => {
  it("reads heads one behind another far beyond the size of the window", () => {
    const requests = 20_000;
    const events = eventsOf(new RequestParser(), GET.repeat(requests));
    expect(events.length).toBe(requests * 2);
  });

  it("reads a head of the highest limits, whole and in pieces", () => {
    const limits = {
      maxRequestLineBytes: HIGHEST_LIMIT,
      maxFieldSectionBytes: HIGHEST_LIMIT,
      maxFieldLineBytes: HIGHEST_LIMIT,
    };
    const target = `/${"a".repeat(HIGHEST_LIMIT - 14)}`;
    const head = `GET ${target} HTTP/1.1\r\nHost: a\r\nA: ${"b".repeat(HIGHEST_LIMIT - 12)}\r\n\r\n`;
    expect(parserAtHead(head, limits).head.target).toBe(target);
    const parser = new RequestParser({ limits });
    const pieces = Array.from({ length: Math.ceil(head.length / 1000) }, (_, index) =>
      head.slice(index * 1000, index * 1000 + 1000),
    );
    expect(eventsOf(parser, GET.repeat(2000), ...pieces).slice(-2)).toEqual(["head", "end"]);
  });

  it("reads an empty line wherever the bytes shown in the window end", () => {
    for (let length = 4090; length < 4100; length++) {
      const head = `GET /${"a".repeat(length - GET.length)}${GET.slice(5)}`;
      expect(eventsOf(new RequestParser(), `${head}\r\n${GET}`)).toEqual(["head", "end", "head", "end"]);
    }
  });

  it("skips as many empty lines as a limit can allow", () => {
    const parser = new RequestParser({ limits: { maxEmptyLines: HIGHEST_LIMIT } });
    expect(eventsOf(parser, "\r\n".repeat(HIGHEST_LIMIT) + GET)).toEqual(["head", "end"]);
  });

  it("keeps two parsers apart that read in turn from one chunk each", () => {
    const one = parserAtHead(`${GET}GET /one HTTP/1.1\r\nHost: one\r\n\r\n`);
    const other = parserAtHead(`${GET}GET /other HTTP/1.1\r\nHost: other\r\n\r\n`);
    for (const parser of [one, other]) expect([parser.next(), parser.next()]).toEqual(["end", "head"]);
    expect([one.head.target, one.head.fields.get("host")]).toEqual(["/one", "one"]);
    expect([other.head.target, other.head.fields.get("host")]).toEqual(["/other", "other"]);
  });

  it("reads chunks that are views into a larger buffer", () => {
    const buffer = new TextEncoder().encode(`xx${GET}yy`);
    const parser = new RequestParser();
    parser.feed(buffer.subarray(2, 2 + GET.length));
    expect([parser.next(), parser.head.fields.get("host"), parser.next(), parser.next()]).toEqual([
      "head",
      "a",
      "end",
      "need-data",
    ]);
  });
});
