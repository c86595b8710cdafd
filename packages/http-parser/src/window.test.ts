import { describe, expect, it } from "vitest";
import { headOf, parserAtHead } from "../test/read.ts";
import { SHORT_TEXT_BYTES as SHORT_TEXT } from "./limits.ts";

function methodOf(method: string): string {
  return headOf(`${method} / HTTP/1.1\r\nHost: a\r\n\r\n`).method;
}

describe("shortText", () => {
  it("tells texts around the longest short one, of every byte that a value may hold", () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join("");
    const content = bytes.replace(/[\0-\x20\x7f]/g, "");
    for (let length = 0; length <= SHORT_TEXT + 2; length++) {
      for (let from = 0; from < content.length; from += SHORT_TEXT) {
        const value = content.slice(from, from + length);
        const { fields } = parserAtHead(`GET / HTTP/1.1\r\nHost: a\r\nA: ${value}\r\n\r\n`).head;
        expect(fields.get("a")).toBe(value);
      }
    }
  });

  it("does not take other texts for GET", () => {
    const methods = ["GET", "GEt", "PUT", "GETS", "GE", "get"];
    expect(methods.map(methodOf)).toEqual(methods);
    const head = parserAtHead("PUT / HTTP/1.1\r\nHost: a\r\nA: GET x\r\nB: GET\r\n\r\n").head;
    expect([head.fields.get("a"), head.fields.get("b")]).toEqual(["GET x", "GET"]);
  });

  it("reads short texts of a head whose place in the window another parser has taken", () => {
    const one = parserAtHead("PUT /1 HTTP/1.1\r\nHost: one\r\n\r\n");
    const other = parserAtHead("GET /other HTTP/1.1\r\nX-Other: 2\r\nHost: other\r\n\r\n");
    expect([one.head.method, one.head.target, one.head.fields.get("HOST")]).toEqual(["PUT", "/1", "one"]);
    expect([other.head.method, other.head.target, other.head.fields.get("HOST")]).toEqual(["GET", "/other", "other"]);
  });
});
