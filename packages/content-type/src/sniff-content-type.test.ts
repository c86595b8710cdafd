import { describe, expect, it } from "vitest";

import { sniffContentType, SNIFFED_BYTES } from "./sniff-content-type.ts";

const TEXT = "text/plain; charset=utf-8";
const BINARY = "application/octet-stream";

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe("sniffContentType", () => {
  it.each([
    ["nothing", utf8("")],
    ["ASCII", utf8("all: build\n\tcc -o a a.c\r\n")],
    ["German", utf8("Grüße\n")],
    ["Japanese", utf8("日本語")],
    ["an emoji", utf8("ok 🎉")],
    ["form feed and escape", utf8("a\f\u001b[1mb")],
    ["a UTF-8 byte order mark", utf8("\ufeffabc")],
    ["HTML, which is not to be run", utf8("<!doctype html><script>alert(1)</script>")],
    ["UTF-16LE behind its mark", Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00)],
    ["UTF-16BE behind its mark", Uint8Array.of(0xfe, 0xff, 0x00, 0x61, 0xd8, 0x3c, 0xdf, 0x89)],
    ["a UTF-16 mark alone", Uint8Array.of(0xff, 0xfe)],
    ["UTF-16 cut inside a pair", Uint8Array.of(0xfe, 0xff, 0xd8, 0x3c)],
    ["the least of each length", utf8("\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}")],
  ])("takes %s for text", (_, bytes) => {
    expect(sniffContentType(bytes)).toBe(TEXT);
  });

  it.each([
    ["a PNG", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ["an ELF file", Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01, 0x01, 0x00)],
    ["a transport stream", Uint8Array.of(0x47, 0x40, 0x00, 0x10, 0x00, 0x00, 0xb0)],
    ["a NUL", utf8("a\0b")],
    ["a vertical tab", utf8("a\vb")],
    ["a substitute character", utf8("a\u001ab")],
    ["latin1", Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x0a)],
    ["a stray continuation byte", Uint8Array.of(0x61, 0x80, 0x61)],
    ["an overlong slash", Uint8Array.of(0xc0, 0xaf)],
    ["an overlong three-byte form", Uint8Array.of(0xe0, 0x9f, 0xbf)],
    ["an overlong four-byte form", Uint8Array.of(0xf0, 0x8f, 0xbf, 0xbf)],
    ["a surrogate in UTF-8", Uint8Array.of(0xed, 0xa0, 0x80)],
    ["a code point beyond U+10FFFF", Uint8Array.of(0xf4, 0x90, 0x80, 0x80)],
    ["a byte that UTF-8 never has", Uint8Array.of(0xf5, 0x80, 0x80, 0x80)],
    ["a sequence broken by ASCII", Uint8Array.of(0xe2, 0x82, 0x41)],
    ["UTF-16 without a mark", Uint8Array.of(0x61, 0x00, 0x62, 0x00)],
    ["UTF-32 behind its mark", Uint8Array.of(0xff, 0xfe, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00)],
    ["a lone low surrogate in UTF-16", Uint8Array.of(0xfe, 0xff, 0xdc, 0x00)],
    ["a high surrogate without its low one", Uint8Array.of(0xfe, 0xff, 0xd8, 0x00, 0x00, 0x61)],
  ])("takes %s for binary", (_, bytes) => {
    expect(sniffContentType(bytes)).toBe(BINARY);
  });

  it("forgives a character that the sample cuts off, at every place", () => {
    const text = utf8("€🎉");
    for (let length = 1; length <= text.length; length += 1) {
      expect(sniffContentType(text.subarray(0, length))).toBe(TEXT);
    }
  });

  it("still refuses a cut character that could not be completed", () => {
    expect(sniffContentType(Uint8Array.of(0x61, 0xe0, 0x80))).toBe(BINARY);
    expect(sniffContentType(Uint8Array.of(0x61, 0xff))).toBe(BINARY);
  });

  it("looks at the first SNIFFED_BYTES only", () => {
    const bytes = new Uint8Array(SNIFFED_BYTES + 1).fill(0x61);
    bytes[SNIFFED_BYTES] = 0;
    expect(sniffContentType(bytes)).toBe(TEXT);
    bytes[SNIFFED_BYTES - 1] = 0;
    expect(sniffContentType(bytes)).toBe(BINARY);
  });
});
