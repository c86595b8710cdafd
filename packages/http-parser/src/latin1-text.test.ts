import { describe, expect, it } from "vitest";
import { decodeLatin1 } from "./latin1-text.ts";

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const EVERY_CHARACTER = String.fromCharCode(...EVERY_BYTE);

describe("decodeLatin1", () => {
  it.each([
    ["an array", EVERY_BYTE],
    ["a Buffer", Buffer.from(EVERY_BYTE)],
  ])("makes one character of each byte of %s", (_kind, bytes) => {
    expect(decodeLatin1(bytes, 0, 256)).toBe(EVERY_CHARACTER);
    expect(decodeLatin1(bytes, 0x20, 0x7f)).toBe(EVERY_CHARACTER.slice(0x20, 0x7f));
  });

  it("decodes more bytes than a function takes arguments", () => {
    const bytes = new Uint8Array(200_000).fill(0x80);
    expect(decodeLatin1(bytes, 0, bytes.length)).toBe("\x80".repeat(200_000));
  });
});
