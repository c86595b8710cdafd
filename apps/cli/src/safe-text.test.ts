import { describe, expect, it } from "vitest";
import { quotable, showable } from "./safe-text.ts";

describe("showable", () => {
  it.each([
    ["plain.txt", "plain.txt"],
    ["naïve – 日本語 🎉", "naïve – 日本語 🎉"],
    ["\u001b[2Jgone", "\\x1b[2Jgone"],
    ["two\r\nlines", "two\\x0d\\x0alines"],
    ["\u009b31m", "\\x9b31m"],
    ["cod\u202egpj.exe", "cod\\u{202e}gpj.exe"],
    ["\u2066isolate\u2069", "\\u{2066}isolate\\u{2069}"],
    ["a\u2028b", "a\\u{2028}b"],
    ["half \ud83d", "half \\u{d83d}"],
  ])("shows %j as %j", (text, shown) => {
    expect(showable(text)).toBe(shown);
  });

  it("shortens what is longer than the limit", () => {
    expect(showable("abcdef", 3)).toBe("abc...");
    expect(showable("abc", 3)).toBe("abc");
  });
});

describe("quotable", () => {
  it.each([
    ["curl/8.5.0", "curl/8.5.0"],
    ['say "hi" \\o/', "say \\x22hi\\x22 \\x5co/"],
    ["\u00e2\u0080\u00ae", "\\xe2\\x80\\xae"],
    ["日", "\\u{65e5}"],
    ["\u001b]0;title\u0007", "\\x1b]0;title\\x07"],
  ])("quotes %j as %j", (text, quoted) => {
    expect(quotable(text)).toBe(quoted);
  });
});
