import { describe, expect, it } from "vitest";
import { headOf, parserAtHead } from "../test/read.ts";

function fieldsOf(...lines: string[]) {
  return headOf(["GET / HTTP/1.0", ...lines, "", ""].join("\r\n")).fields;
}

describe("FieldSection", () => {
  it("finds a field whatever the case of either name (RFC 9110 §5.1)", () => {
    const fields = fieldsOf("X-CuStOm-Name: 1");
    expect([fields.get("x-custom-name"), fields.get("X-CUSTOM-NAME")]).toEqual(["1", "1"]);
    expect(fields.has("X-Custom-Name")).toBe(true);
  });

  it("does not take characters for each other that differ from letters by the same bit", () => {
    const fields = fieldsOf("A^b: 1", "A`c: 2", "x|y: 3");
    expect([fields.get("a~b"), fields.get("a@c"), fields.get("x\\y"), fields.get("\u212a")]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(fields.get("a^B")).toBe("1");
  });

  it("tells names apart that share their first letter and their length", () => {
    const fields = fieldsOf("Accept: 1", "Action: 2", "ACTIVE: 3");
    expect([fields.get("action"), fields.get("active"), fields.get("accept"), fields.get("actual")]).toEqual([
      "2",
      "3",
      "1",
      undefined,
    ]);
  });

  it("joins repeated lines with a comma, those of Cookie with a semicolon (RFC 9110 §5.3)", () => {
    const fields = fieldsOf("A: 1", "Cookie: a=b", "a: 2", "B: x", "cookie: c=d", "A:");
    expect(fields.get("A")).toBe("1, 2, ");
    expect(fields.get("Cookie")).toBe("a=b; c=d");
    expect(fields.getAll("a")).toEqual(["1", "2", ""]);
  });

  it("does not join Set-Cookie (RFC 9110 §5.3)", () => {
    const fields = fieldsOf("Set-Cookie: a=b", "Set-Cookie: c=d");
    expect(fields.get("set-cookie")).toBe("a=b");
    expect(fields.getAll("set-cookie")).toEqual(["a=b", "c=d"]);
  });

  it("answers for what was not sent as for nothing, also for names of Object.prototype", () => {
    const fields = fieldsOf("A: 1");
    expect([fields.get("__proto__"), fields.get("constructor"), fields.get("toString"), fields.get("")]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(fields.getAll("hasOwnProperty")).toEqual([]);
  });

  it("keeps names of Object.prototype that were sent", () => {
    const fields = fieldsOf("__proto__: 1", "constructor: 2");
    expect([fields.get("__proto__"), fields.get("constructor")]).toEqual(["1", "2"]);
    expect(({} as { 1?: unknown })[1]).toBeUndefined();
  });

  it("gives names and values by index, as pairs and flat", () => {
    const fields = fieldsOf("A: 1", "b:2");
    expect([fields.nameAt(1), fields.valueAt(1), fields.nameAt(2), fields.valueAt(2)]).toEqual(["b", "2", "", ""]);
    expect([...fields]).toEqual([
      ["A", "1"],
      ["b", "2"],
    ]);
    expect(fields.flat()).toEqual(["A", "1", "b", "2"]);
  });

  it("shows nothing once its message is over, and nothing of the next connection", () => {
    const parser = parserAtHead("GET / HTTP/1.1\r\nHost: secret\r\n\r\n");
    const { fields } = parser.head;
    expect(fields.get("host")).toBe("secret");
    expect([parser.next(), parser.next()]).toEqual(["end", "need-data"]);
    parserAtHead("GET / HTTP/1.1\r\nHost: other\r\n\r\n");
    expect([fields.size, fields.get("host"), [...fields], fields.has("host"), fields.flat()]).toEqual([
      0,
      undefined,
      [],
      false,
      [],
    ]);
  });

  it("is looked up in time that grows with the section alone, whatever the names", () => {
    const lines = Array.from(
      { length: 100 },
      (_, index) => `Xaaaaaaaaaaaaaaaaa${String(index).padStart(2, "0")}: ${index}`,
    );
    const fields = fieldsOf(...lines);
    expect(fields.get("xaaaaaaaaaaaaaaaaa99")).toBe("99");
  });
});
