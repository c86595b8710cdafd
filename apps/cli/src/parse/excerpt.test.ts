import { describe, expect, it } from "vitest";
import { excerptAround } from "./excerpt.ts";
import { RecentBytes } from "./recent-bytes.ts";

function sourceOf(text: string): RecentBytes {
  const bytes = new RecentBytes();
  bytes.add(Buffer.from(text, "latin1"));
  return bytes;
}

describe("excerptAround", () => {
  it.each([
    ["abcdef", 3, "abcdef", 3],
    ["a\r\nb", 3, String.raw`a\r\nb`, 5],
    ["\t\\\u0000\u001b[31m\u00e9", 2, String.raw`\t\\\x00\x1b[31m\xe9`, 4],
    ["", 0, "", 0],
    ["abc", 3, "abc", 3],
    [`${"x".repeat(40)}yz`, 40, `...${"x".repeat(32)}yz`, 35],
    [`a${"x".repeat(40)}`, 0, `a${"x".repeat(23)}`, 0],
  ])("shows %j at %i", (text, offset, shown, column) => {
    expect(excerptAround(sourceOf(text), offset)).toEqual({ text: shown, column });
  });
});
