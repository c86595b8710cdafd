import { describe, expect, it } from "vitest";
import { FIELD_CONTENT, HEX_VALUE, QDTEXT, REG_NAME_CHAR, TARGET_CHAR, TCHAR } from "./grammar.ts";

function members(table: Uint8Array): string {
  return [...table].map((member, byte) => (member === 1 ? String.fromCharCode(byte) : "")).join("");
}

describe("byte classes", () => {
  it("hold the characters of a token (RFC 9110 §5.6.2)", () => {
    expect(members(TCHAR)).toBe("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");
  });

  it("hold visible ASCII without # in a request-target (RFC 9112 §3.2)", () => {
    expect(members(TARGET_CHAR)).toBe(
      "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~",
    );
  });

  it("hold no control character but HTAB in field content (RFC 9110 §5.5)", () => {
    const refused = [...FIELD_CONTENT].flatMap((member, byte) => (member === 1 ? [] : [byte]));
    expect(refused).toEqual([...Array(9).keys(), ...Array.from({ length: 22 }, (_, index) => 10 + index), 0x7f]);
  });

  it("hold no quote and no backslash in quoted text (RFC 9110 §5.6.4)", () => {
    const difference = [...FIELD_CONTENT].flatMap((member, byte) => (member === QDTEXT[byte] ? [] : [byte]));
    expect(difference).toEqual([0x22, 0x5c]);
  });

  it("hold no comma in a host name (RFC 3986 §3.2.2)", () => {
    expect(members(REG_NAME_CHAR)).toBe("!$&'()*+-.0123456789;=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
  });

  it("give the value of a hexadecimal digit", () => {
    const digits = Array.from("0129afAF").map((digit) => HEX_VALUE[digit.charCodeAt(0)]);
    expect(digits).toEqual([0, 1, 2, 9, 10, 15, 10, 15]);
    expect(Array.from("gG/: ").map((digit) => HEX_VALUE[digit.charCodeAt(0)])).toEqual([255, 255, 255, 255, 255]);
  });
});
