import { describe, expect, it } from "vitest";
import { CLASSES, DIGIT, FIELD_CONTENT, REG_NAME_CHAR, TARGET_CHAR, TCHAR, WHITESPACE } from "./grammar.ts";

function members(byteClass: number): string {
  return [...CLASSES].map((classes, byte) => ((classes & byteClass) === 0 ? "" : String.fromCharCode(byte))).join("");
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
    const refused = [...CLASSES].flatMap((classes, byte) => ((classes & FIELD_CONTENT) === 0 ? [byte] : []));
    expect(refused).toEqual([...Array(9).keys(), ...Array.from({ length: 22 }, (_, index) => 10 + index), 0x7f]);
  });

  it("hold no comma in a host name (RFC 3986 §3.2.2)", () => {
    expect(members(REG_NAME_CHAR)).toBe("!$&'()*+-.0123456789;=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
  });

  it("hold digits, and space and tab as white space (RFC 9110 §5.6.3)", () => {
    expect([members(DIGIT), members(WHITESPACE)]).toEqual(["0123456789", "\t "]);
  });
});
