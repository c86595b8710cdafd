import { describe, expect, it } from "vitest";
import { headOf, refusalOf } from "../test/read.ts";

const START = "GET / HTTP/1.1\r\n";
const HOST = "Host: a\r\n";

describe("FieldTable", () => {
  it("keeps names as sent and values without the white space around them (RFC 9112 §5)", () => {
    const { fields } = headOf(`${START}${HOST}X-Long-Field-Name:\t b \tc \t\r\nE:\r\n\r\n`);
    expect([...fields]).toEqual([
      ["Host", "a"],
      ["X-Long-Field-Name", "b \tc"],
      ["E", ""],
    ]);
  });

  it("reads every byte that a value may hold, wherever it stands in a word", () => {
    const value = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte))
      .join("")
      .replace(/[\0-\x08\x0a-\x1f\x7f]/g, "");
    for (let shift = 0; shift < 4; shift++) {
      const padded = "x".repeat(shift + 1) + value + "x";
      expect(headOf(`${START}${HOST}A: ${padded}\r\n\r\n`).fields.get("a")).toBe(padded);
    }
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    "refuses each control character %i bytes into a value (RFC 9110 §5.5)",
    (before) => {
      const controls = [...Array(32).keys(), 0x7f].filter((byte) => byte !== 0x09);
      const refusals = controls.map((byte) =>
        refusalOf(`${START}${HOST}A: ${"x".repeat(before)}${String.fromCharCode(byte)}yyyy\r\n\r\n`),
      );
      const at = START.length + HOST.length + 3 + before;
      expect(refusals).toEqual(
        controls.map((byte) =>
          byte === 0x0a ? `bare-lf at ${at}` : byte === 0x0d ? `bare-cr at ${at + 1}` : `field-value-invalid at ${at}`,
        ),
      );
    },
  );

  it.each([
    ["A : b", "field-name-space at 26"],
    ["A b: c", "field-name-space at 26"],
    [": c", "field-name-invalid at 25"],
    ["Abc", "field-name-invalid at 28"],
    ["A(: b", "field-name-invalid at 26"],
    [" a", "obs-fold at 25"],
    ["A\n: b", "bare-lf at 26"],
    ["\nA: b", "bare-lf at 25"],
    ["\rA: b", "bare-cr at 26"],
  ])("refuses the line %j", (line, refusal) => {
    expect(refusalOf(`${START}${HOST}${line}\r\n\r\n`)).toBe(refusal);
  });

  it("refuses a line beyond the limit, a section beyond the limit, and a field beyond the limit with 431", () => {
    expect(refusalOf(`${START}${HOST}A: ${"b".repeat(8)}\r\n\r\n`, { maxFieldLineBytes: 10 })).toBe(
      "field-line-too-long at 35",
    );
    expect(headOf(`${START}${HOST}A: ${"b".repeat(7)}\r\n\r\n`, { maxFieldLineBytes: 10 }).fields.size).toBe(2);
    expect(refusalOf(`${START}${HOST}A: bbbb\r\n\r\n`, { maxFieldSectionBytes: 15 })).toBe(
      "field-section-too-long at 31",
    );
    expect(headOf(`${START}${HOST}A: bbbb\r\n\r\n`, { maxFieldSectionBytes: 16 }).fields.size).toBe(2);
    expect(refusalOf(`${START}${HOST}A: b\r\nC: d\r\n\r\n`, { maxFieldCount: 2 })).toBe("too-many-fields at 31");
    expect(headOf(`${START}${HOST}A: b\r\n\r\n`, { maxFieldCount: 2 }).fields.size).toBe(2);
  });

  it("reads more fields than a table first has room for", () => {
    const lines = Array.from({ length: 99 }, (_, index) => `X-${index}: ${index}\r\n`).join("");
    const { fields } = headOf(`${START}${HOST}${lines}\r\n`);
    expect(fields.size).toBe(100);
    expect(fields.get("x-98")).toBe("98");
  });
});
