import { describe, expect, it } from "vitest";
import { negotiateFormat } from "./negotiate-format.ts";

describe("negotiateFormat", () => {
  it.each([
    [undefined, "html"],
    ["", "html"],
    ["*/*", "html"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"],
    ["application/json", "json"],
    ["Application/JSON", "json"],
    ["application/*", "json"],
    ["application/json, text/plain, */*", "json"],
    ["application/json, text/html", "html"],
    ["application/json;q=0.9, text/html", "html"],
    ["application/json, text/html;q=0.9", "json"],
    ["application/json;charset=utf-8;q=0.5, text/html;q=0.4", "json"],
    ["application/json ; q=0.5 , text/html ; Q=0.4", "json"],
  ] as const)("answers Accept: %s with %s (RFC 9110 §12.5.1)", (accept, expected) => {
    expect(negotiateFormat(accept)).toBe(expected);
  });

  it("lets the most specific range decide (RFC 9110 §12.5.1)", () => {
    expect(negotiateFormat("text/html;q=0.1, */*;q=0.5")).toBe("json");
    expect(negotiateFormat("text/html;q=0, */*")).toBe("json");
    expect(negotiateFormat("text/*;q=0.2, application/*;q=0.3")).toBe("json");
  });

  it("answers with HTML when nothing fits (RFC 9110 §12.4.1)", () => {
    expect(negotiateFormat("image/png")).toBe("html");
    expect(negotiateFormat("application/json;q=0")).toBe("html");
    expect(negotiateFormat("text/html;q=0, application/json;q=0.000")).toBe("html");
  });
});
