import { describe, expect, it } from "vitest";
import { eventsOf, headOf, parserAtHead, refusalOf } from "../test/read.ts";
import { toBytes } from "../test/vectors.ts";
import { RequestParser } from "./request-parser.ts";

const START = "GET / HTTP/1.1\r\n";
const HOST = "Host: a\r\n";

/** A request with that many field lines, the shortest that there are. */
function withLines(count: number): string {
  return `GET / HTTP/1.0\r\n${"a:\r\n".repeat(count - 1)}bc:d\r\n\r\n`;
}

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

  it.each([30, 31, 32, 33])("decides the same about a section of %i bytes, limit 32, at every split", (size) => {
    const lines = `Host: a\r\nX: ${"x".repeat(size - 12)}\r\n`;
    const text = `GET / HTTP/1.1\r\n${lines}\r\n`;
    const limits = { maxFieldSectionBytes: 32 };
    const whole = eventsOf(new RequestParser({ limits }), text);
    expect(whole).toEqual(size > 32 ? [`field-section-too-long at ${16 + 32}`] : ["head", "end"]);
    for (let at = 1; at < text.length; at++) {
      expect(eventsOf(new RequestParser({ limits }), text.slice(0, at), text.slice(at))).toEqual(whole);
    }
  });

  it("keeps sections apart that are read in turn, whole, cut short, and as trailers", () => {
    const chunked =
      "POST /a HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-T: 2\r\nX-U: 3\r\n\r\n";
    const one = parserAtHead(chunked);
    const cut = new RequestParser();
    cut.feed(toBytes("GET /cut HTTP/1.1\r\nX-Cut-1: 1\r\nX-Cut-2: 2\r\nHo"));
    expect(cut.next()).toBe("need-data");
    expect(one.next()).toBe("end");
    const other = parserAtHead(`${START}X-Other: 4\r\n${HOST}\r\n`);
    cut.feed(toBytes("st: cut\r\n\r\n"));
    expect(cut.next()).toBe("head");
    expect([...one.trailers]).toEqual([
      ["X-T", "2"],
      ["X-U", "3"],
    ]);
    expect(one.head.fields.flat()).toEqual(["Host", "a", "X-A", "1", "Transfer-Encoding", "chunked"]);
    expect(cut.head.fields.flat()).toEqual(["X-Cut-1", "1", "X-Cut-2", "2", "Host", "cut"]);
    expect([other.head.fields.get("X-OTHER"), other.head.fields.nameAt(1)]).toEqual(["4", "Host"]);
  });

  it("reads as many fields as a section of the highest limits can hold, and no more", () => {
    const limits = { maxFieldSectionBytes: 65_536, maxFieldCount: 65_536 };
    const { fields } = headOf(withLines(16_384), limits);
    expect([fields.size, fields.nameAt(16_383), fields.get("BC"), fields.getAll("A").length]).toEqual([
      16_384,
      "bc",
      "d",
      16_383,
    ]);
    expect(refusalOf(withLines(16_385), limits)).toBe(`field-section-too-long at ${START.length + 65_536}`);
  });

  it("reads more fields than browsers send", () => {
    const lines = Array.from({ length: 99 }, (_, index) => `X-${index}: ${index}\r\n`).join("");
    const { fields } = headOf(`${START}${HOST}${lines}\r\n`);
    expect(fields.size).toBe(100);
    expect(fields.get("x-98")).toBe("98");
  });
});
