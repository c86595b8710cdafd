/** Parsers share one window of memory; none may see what another has read there, however their turns are mixed. */
import { describe, expect, it } from "vitest";
import { RequestParser } from "../src/index.ts";
import { headOf } from "./read.ts";
import { toBytes } from "./vectors.ts";

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

  // A head is shown 4096 bytes at a time: what stands behind them in the window is what the other parser has read.
  it.each([4000, 4090, 4097, 5000, 9000])("goes on at byte %i of a section with its own bytes", (length) => {
    const longStart = (host: string) => {
      const start = `GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: `;
      return `${start}${host.repeat(length - start.length - 2)}\r\n`;
    };
    const limits = { maxFieldLineBytes: 16_384 };
    const mixed = new RequestParser({ limits });
    mixed.feed(toBytes(longStart("a")));
    expect(mixed.next()).toBe("need-data");
    headOf(`${longStart("b")}Content-Length: 30\r\n\r\n`, limits);
    mixed.feed(toBytes("Accept: */*\r\nX: 1234567890123456789\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n"));
    expect(mixed.next()).toBe("head");
    expect([...mixed.head.fields].slice(2)).toEqual([
      ["Accept", "*/*"],
      ["X", "1234567890123456789"],
    ]);
    expect(mixed.next()).toBe("end");
    expect(mixed.next()).toBe("head");
    expect(mixed.head.target).toBe("/next");
  });

  it("goes on behind 4 KiB of trailers with its own bytes", () => {
    const mixed = new RequestParser();
    const head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
    mixed.feed(toBytes(`${head}T: ${"t".repeat(5000)}\r\n`));
    expect(mixed.next()).toBe("head");
    expect(mixed.next()).toBe("need-data");
    headOf(`GET / HTTP/1.1\r\nHost: b\r\nCookie: ${"b".repeat(6000)}\r\n\r\n`);
    mixed.feed(toBytes("U: 1\r\n\r\n"));
    expect(mixed.next()).toBe("end");
    expect([...mixed.trailers].map(([name, value]) => [name, value.length])).toEqual([
      ["T", 5000],
      ["U", 1],
    ]);
  });

  it("reads an array that another parser has left, and that holds other bytes now", () => {
    const bytes = toBytes("GET /evil HTTP/1.1\r\nHost: a\r\n\r\n\u0000not HTTP");
    const left = new RequestParser();
    left.feed(bytes);
    expect([left.next(), left.next()]).toEqual(["head", "end"]);
    expect(() => left.next()).toThrow("method-invalid");
    bytes.set(toBytes("GET /good HTTP/1.1\r\nHost: b\r\n\r\n"));
    const next = new RequestParser();
    next.feed(bytes);
    expect(next.next()).toBe("head");
    expect([next.head.target, next.head.fields.get("host")]).toEqual(["/good", "b"]);
  });

  it("counts its own bytes in an array that both were lent", () => {
    const bytes = toBytes("BAD\u0000 / HTTP/1.1\r\n\r\n");
    const far = new RequestParser();
    far.feed(toBytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    while (far.next() !== "need-data");
    far.feed(bytes);
    expect(() => far.next()).toThrow("byte 30,");
    const near = new RequestParser();
    near.feed(bytes);
    expect(() => near.next()).toThrow("byte 3,");
  });
});
