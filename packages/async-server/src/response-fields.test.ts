import { encodeFields } from "@tinyhttp/http-parser";
import { describe, expect, it } from "vitest";
import { responseFields } from "./response-fields.ts";

describe("responseFields", () => {
  it("encodes a frozen list once", () => {
    const list = Object.freeze([Object.freeze(["A", "1"] as const)]);
    expect(responseFields(list)).toBe(responseFields(list));
    expect(responseFields(list).fieldLines).toBe("A: 1\r\n");
  });

  it.each([
    ["a record", { A: "1" }],
    ["a list", [["A", "1"]] as [string, string][]],
    ["a frozen list of pairs that can change", Object.freeze([["A", "1"]] as [string, string][])],
    ["a map", new Map([["A", "1"]])],
  ])("encodes %s each time, since it can change", (_, headers) => {
    expect(responseFields(headers).fieldLines).toBe("A: 1\r\n");
    expect(responseFields(headers)).not.toBe(responseFields(headers));
  });

  it("takes encoded fields as they are, and none for none", () => {
    const fields = encodeFields({ A: "1" });
    expect(responseFields(fields)).toBe(fields);
    expect(responseFields(undefined).fieldLines).toBe("");
  });
});
