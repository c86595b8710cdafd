import { describe, expect, it } from "vitest";
import { eventsOf } from "../test/read.ts";
import { RequestParser } from "./request-parser.ts";
import type { ParserLimits } from "./limits.ts";

const HEAD = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

function read(text: string, limits?: Partial<ParserLimits>): string[] {
  return eventsOf(new RequestParser({ limits }), HEAD + text).slice(1);
}

/** The refusal of `text`, its offset counted from the first chunk. */
function refusal(text: string, limits?: Partial<ParserLimits>): string | undefined {
  return read(text, limits)
    .at(-1)
    ?.replace(/\d+$/, (offset) => String(Number(offset) - HEAD.length));
}

describe("ChunkReader", () => {
  it("hands out the data of each chunk (RFC 9112 §7.1)", () => {
    expect(read("3\r\nabc\r\n00A\r\n0123456789\r\n0\r\n\r\n")).toEqual(["data:abc", "data:0123456789", "end"]);
  });

  it("hands out what it has of a chunk, and remembers what it read of a size", () => {
    const parser = new RequestParser();
    expect(
      eventsOf(parser, HEAD, "1", "0", "\r", "\nab", "c", "0123456789abc", "\r\n0\r", "\n\r", "\n").slice(1),
    ).toEqual(["data:ab", "data:c", "data:0123456789abc", "end"]);
  });

  it.each([
    ["\r\n", "chunk-size-invalid at 0"],
    [" 3\r\n", "chunk-size-invalid at 0"],
    ["0x3\r\n", "chunk-size-invalid at 1"],
    ["-1\r\n", "chunk-size-invalid at 0"],
    ["3\n", "bare-lf at 1"],
    ["3\rabc", "bare-cr at 2"],
    ["3 \r\n", "chunk-extension-invalid at 2"],
    ["3\r\nabcd", "chunk-data-invalid at 6"],
    ["3\r\nabc\n", "chunk-data-invalid at 6"],
    ["3\r\nabc\rx", "chunk-data-invalid at 7"],
    ["20000000000000\r\n", "chunk-size-too-large at 13"],
    ["00000000000000001\r\n", "chunk-size-too-large at 16"],
    ["0\r\n\n", "bare-lf at 3"],
  ])("refuses %j", (text, code) => {
    expect(refusal(text)).toBe(code);
  });

  it.each(
    [
      ";a",
      ";a=b",
      ';a="b"',
      ';a="\\"\\;\r"',
      ";a;b;c=d",
      " ;a",
      "\t;\ta \t= \tb ;c",
      ';a="b" ;c',
      ';a="\xe9\t"',
    ].filter((text) => !text.includes("\r")),
  )("reads over the extension %j (RFC 9112 §7.1.1)", (extension) => {
    expect(read(`1${extension}\r\nx\r\n0${extension}\r\n\r\n`)).toEqual(["data:x", "end"]);
  });

  it.each([
    ";",
    ";;a",
    ";=b",
    ";a=",
    ';a="b',
    ';a="b"c',
    ";a b",
    ";a\t",
    ";a=b c",
    ';a="\x01"',
    ";a(b",
    " a",
    ';a="\\\x7f"',
    ";a=b=c",
    ";\x00",
  ])("refuses the extension %j", (extension) => {
    expect(refusal(`1${extension}\r\nx\r\n`)).toMatch(/^chunk-extension-invalid at /);
  });

  it("bounds the extensions of a chunk and of all chunks", () => {
    expect(read(`1;${"a".repeat(9)}\r\nx\r\n0\r\n\r\n`, { maxChunkExtensionBytes: 10 })).toContain("end");
    expect(refusal(`1;${"a".repeat(10)}\r\nx\r\n`, { maxChunkExtensionBytes: 9 })).toBe(
      "chunk-extension-too-long at 10",
    );
    const chunk = "1;abc\r\nx\r\n";
    expect(refusal(chunk.repeat(3), { maxChunkExtensionTotalBytes: 11 })).toBe(
      `chunk-extension-too-long at ${chunk.length * 2 + 4}`,
    );
  });

  it("reads the trailer section, and no field in it that comes too late (RFC 9110 §6.5.1)", () => {
    const parser = new RequestParser();
    expect(eventsOf(parser, `${HEAD}0\r\nX-A: 1\r\nX-`, "B: 2\r\n\r\n")).toEqual(["head", "end"]);
    expect([...parser.trailers]).toEqual([]);
    const whole = new RequestParser();
    whole.feed(new TextEncoder().encode(`${HEAD}0\r\nX-A: 1\r\nX-B: 2\r\n\r\n`));
    expect([whole.next(), whole.next(), [...whole.trailers]]).toEqual([
      "head",
      "end",
      [
        ["X-A", "1"],
        ["X-B", "2"],
      ],
    ]);
    expect(refusal("0\r\nX: 1\r\nContent-Length: 3\r\n\r\n")).toBe("trailer-field-forbidden at 3");
    expect(refusal("0\r\nHost: b\r\n\r\n")).toBe("trailer-field-forbidden at 3");
  });

  it("bounds the trailer section with 431", () => {
    expect(refusal("0\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n", { maxTrailerCount: 2 })).toBe("too-many-fields at 15");
    expect(refusal(`0\r\nA: ${"1".repeat(20)}\r\n\r\n`, { maxTrailerSectionBytes: 10 })).toBe(
      "field-section-too-long at 13",
    );
  });
});
