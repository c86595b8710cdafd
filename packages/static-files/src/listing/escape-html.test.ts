import { describe, expect, it } from "vitest";
import { escapeHtml } from "./escape-html.ts";

describe("escapeHtml", () => {
  it.each([
    ["plain", "plain"],
    ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"],
    [`"onmouseover='x'`, "&quot;onmouseover=&#39;x&#39;"],
    ["a && b", "a &amp;&amp; b"],
    ["&lt;", "&amp;lt;"],
    ["", ""],
  ])("writes %j as %j", (text, expected) => {
    expect(escapeHtml(text)).toBe(expected);
  });
});
