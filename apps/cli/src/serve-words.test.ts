import { describe, expect, it } from "vitest";
import { UsageError } from "./failure.ts";
import { readServeWords } from "./serve-words.ts";

const exists = (name: string): boolean => name === "2024";

describe("readServeWords", () => {
  it.each([
    [[], {}],
    [["./site"], { root: "./site" }],
    [["8080"], { port: 8080 }],
    [["0"], { port: 0 }],
    [["2024"], { root: "2024" }],
    [["./8080"], { root: "./8080" }],
    [["65536"], { root: "65536" }],
    [["site", "8080"], { root: "site", port: 8080 }],
    [["8080", "site"], { root: "site", port: 8080 }],
    [["2024", "8080"], { root: "2024", port: 8080 }],
  ])("reads %j", (words, meaning) => {
    expect(readServeWords(words, exists)).toEqual(meaning);
  });

  it("refuses two names", () => {
    expect(() => readServeWords(["my", "site"], exists)).toThrow(UsageError);
  });
});
