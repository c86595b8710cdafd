import { describe, expect, it } from "vitest";
import { readCacheControl, readExtraFields } from "./extra-fields.ts";
import { UsageError } from "./failure.ts";

describe("readExtraFields", () => {
  it("gathers the values of each name, in order", () => {
    expect(readExtraFields(["X-A: 1", "X-B:2", "X-A:  3: 4 "])).toEqual({ "X-A": ["1", "3: 4"], "X-B": ["2"] });
  });

  it.each([
    ["no colon"],
    [": no name"],
    ["Sp ace: x"],
    ["X: two\r\nSet-Cookie: lines"],
    ["X: nul\u0000"],
    ["X: \u65e5"],
    [""],
  ])("refuses %j", (line) => {
    expect(() => readExtraFields([line])).toThrow(UsageError);
  });
});

describe("readCacheControl", () => {
  it("takes what can stand in a field", () => {
    expect(readCacheControl("public, max-age=60")).toBe("public, max-age=60");
  });

  it("refuses what would end the line", () => {
    expect(() => readCacheControl("x\r\ny")).toThrow(UsageError);
  });
});
