/** Parsers share one window of memory; none may see what another has read there, however their turns are mixed. */
import { describe, expect, it } from "vitest";
import { RequestParser } from "../src/index.ts";

const WITH_TRAILERS =
  "POST /upload HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nX-Sum: 900150983cd24fb0\r\nX-End: yes\r\n\r\n";
const LONG_HEAD = `GET /${"q".repeat(300)} HTTP/1.1\r\nHost: b.example\r\nX-Bad-Name\u0000: ${"\r\n".repeat(40)}`;

/** Feeds one byte, then asks twice more than needed, as a caller may. */
function step(parser: RequestParser, byte: number, events: string[]): void {
  parser.feed(Uint8Array.of(byte));
  for (let calls = 0; calls < 3; calls++) {
    for (let event = parser.next(); event !== "need-data"; event = parser.next())
      events.push(describeEvent(parser, event));
  }
}

function describeEvent(parser: RequestParser, event: string): string {
  if (event === "head") return `${parser.head.method} ${parser.head.target} ${JSON.stringify([...parser.head.fields])}`;
  if (event === "end") return `end ${JSON.stringify([...parser.trailers])}`;
  return `data ${String.fromCharCode(...parser.data)}`;
}

function bytesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

describe("RequestParser beside other parsers", () => {
  it("reads a message a byte at a time as if it were alone", () => {
    const alone: string[] = [];
    const parser = new RequestParser();
    for (const byte of bytesOf(WITH_TRAILERS)) step(parser, byte, alone);

    const beside: string[] = [];
    const mixed = new RequestParser();
    for (const [index, byte] of bytesOf(WITH_TRAILERS).entries()) {
      step(mixed, byte, beside);
      const other = new RequestParser();
      other.feed(Uint8Array.from(bytesOf(LONG_HEAD.slice(0, 20 + (index % 300)))));
      expect(other.next()).toBe("need-data");
      expect(mixed.next()).toBe("need-data");
    }

    expect(alone.at(-1)).toBe('end [["X-Sum","900150983cd24fb0"],["X-End","yes"]]');
    expect(beside).toEqual(alone);
  });
});
