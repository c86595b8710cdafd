import { describe, expect, it } from "vitest";
import * as errors from "./errors.ts";
import { HttpSyntaxError, METHOD_INVALID, REQUEST_LINE_TOO_LONG } from "./errors.ts";
import { EXPLANATIONS, explainSyntaxError } from "./explain-syntax-error.ts";

describe("explainSyntaxError", () => {
  it("says what was attempted, what was wanted, what stood there, and where", () => {
    expect(explainSyntaxError(new HttpSyntaxError(METHOD_INVALID, 3, 0x09))).toBe(
      "Cannot read method: expected a token and one SP, got 0x09 (byte 3, RFC 9112 §3.1)",
    );
  });

  it("names the limit that was exceeded", () => {
    expect(explainSyntaxError(new HttpSyntaxError(REQUEST_LINE_TOO_LONG, 8192, undefined, 8192))).toBe(
      "Cannot read request line: expected a shorter line (at most 8192) (byte 8192, RFC 9112 §3)",
    );
  });

  it("has a sentence for every rule, and no other", () => {
    const rules = Object.values(errors).filter((value) => typeof value === "string" || typeof value === "number");
    const codes = rules.map((rule) => new HttpSyntaxError(rule, 0).code);
    expect(new Set(Object.keys(EXPLANATIONS))).toEqual(new Set(codes));
  });
});
