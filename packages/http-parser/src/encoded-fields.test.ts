import { describe, expect, it } from "vitest";
import { EncodedFields, encodeFields } from "./encoded-fields.ts";

describe("encodeFields", () => {
  it("writes a line for each value, in order, from a record or from pairs", () => {
    const wanted = "A: 1\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n";
    expect(encodeFields({ A: "1", "Set-Cookie": ["a=b", "c=d"], B: undefined }).fieldLines).toBe(wanted);
    expect(encodeFields(new Map([["A", "1"]])).fieldLines).toBe("A: 1\r\n");
    expect(
      encodeFields([
        ["A", "1"],
        ["Set-Cookie", "a=b"],
        ["Set-Cookie", "c=d"],
      ]).fieldLines,
    ).toBe(wanted);
    expect(encodeFields([]).fieldLines).toBe("");
  });

  it("leaves white space around a value out (RFC 9112 §5.1)", () => {
    expect(encodeFields({ A: " \tb c\t ", B: " " }).fieldLines).toBe("A: b c\r\nB: \r\n");
  });

  it("takes the fields aside that frame a message or manage its connection (RFC 9110 §7.6.1)", () => {
    const fields = encodeFields({
      Connection: "x, Close",
      "Keep-Alive": "timeout=5",
      "Proxy-Connection": "close",
      TE: "trailers",
      Trailer: "X",
      "Transfer-Encoding": "gzip",
      Upgrade: "h2c",
      "Content-Length": "12",
      Date: "today",
    });
    expect(fields).toMatchObject({ fieldLines: "Date: today\r\n", contentLength: 12, hasDate: true, wantsClose: true });
    expect([...fields]).toEqual([
      ["Date", "today"],
      ["Content-Length", "12"],
    ]);
    expect(encodeFields({ Connection: "closed" }).wantsClose).toBe(false);
  });

  it.each(["a\r\nB: c", "a\n", "a\r", "a\0", "a\x7f", "\u0100", "a\x0bb"])(
    "refuses the value %j (RFC 9110 §5.5)",
    (value) => {
      expect(() => encodeFields({ A: value })).toThrow(
        new TypeError(
          `Cannot encode field A: expected latin1 text without control characters, got ${JSON.stringify(value)}`,
        ),
      );
    },
  );

  it.each(["", "a b", "a:", "a\r\n", "\xe9", "(", "a\0"])("refuses the name %j (RFC 9110 §5.1)", (name) => {
    expect(() => encodeFields([[name, "x"]])).toThrow(TypeError);
  });

  it.each([
    ["Content-Length", "1, 1"],
    ["Content-Length", "+1"],
    ["Content-Length", "9007199254740992"],
    ["Content-Length", ""],
  ])("refuses %s %j", (name, value) => {
    expect(() => encodeFields([[name, value]])).toThrow(TypeError);
  });

  it("refuses a second Content-Length and a value that is not text", () => {
    expect(() =>
      encodeFields([
        ["Content-Length", "1"],
        ["content-length", "1"],
      ]),
    ).toThrow(TypeError);
    expect(() => encodeFields([["A", 1 as never]])).toThrow(TypeError);
  });

  it("makes an EncodedFields", () => {
    expect(encodeFields({})).toBeInstanceOf(EncodedFields);
  });
});
