import { describe, expect, it } from "vitest";
import * as errors from "./errors.ts";
import {
  HOST_MISSING,
  HttpSyntaxError,
  isHttpSyntaxError,
  METHOD_INVALID,
  REQUEST_LINE_TOO_LONG,
  type SyntaxErrorRule,
} from "./errors.ts";

describe("HttpSyntaxError", () => {
  it("says what was wrong, where, and by which rule", () => {
    const error = new HttpSyntaxError(METHOD_INVALID, 3, 0x09);
    expect(error.message).toBe("Cannot read message: method-invalid (byte 3, RFC 9112 §3.1)");
    expect(error).toMatchObject({
      code: "method-invalid",
      offset: 3,
      status: 400,
      section: "RFC 9112 §3.1",
      got: 0x09,
      maximum: undefined,
    });
  });

  it("names the limit that was exceeded, and its status", () => {
    const error = new HttpSyntaxError(REQUEST_LINE_TOO_LONG, 8192, undefined, 8192);
    expect(error).toMatchObject({ status: 414, section: "RFC 9112 §3", maximum: 8192 });
  });

  it("is a SyntaxError called HttpSyntaxError without an own name", () => {
    const error = new HttpSyntaxError(HOST_MISSING, 0);
    expect(error).toBeInstanceOf(SyntaxError);
    expect(String(error)).toMatch(/^HttpSyntaxError: /);
    expect(Object.keys(error)).not.toContain("name");
  });
});

describe("isHttpSyntaxError", () => {
  it("recognises the error of another copy of the package", () => {
    class HttpSyntaxError extends SyntaxError {
      code = "host-missing";
      override name = "HttpSyntaxError";
    }
    expect(isHttpSyntaxError(new HttpSyntaxError())).toBe(true);
  });

  it.each([[new SyntaxError("x")], [new TypeError("x")], [{ name: "HttpSyntaxError", code: "x" }], [null], ["x"]])(
    "refuses %s",
    (value) => {
      expect(isHttpSyntaxError(value)).toBe(false);
    },
  );
});

describe("the rules", () => {
  const rules = Object.entries(errors).filter(([, value]) => typeof value === "string" || typeof value === "number");

  it.each(rules as [string, SyntaxErrorRule][])("%s names a code, a status and a section", (name, rule) => {
    const { code, status, section } = new HttpSyntaxError(rule, 0);
    expect(code).toBe(name.toLowerCase().replaceAll("_", "-"));
    expect([400, 413, 414, 417, 431, 501, 502, 505]).toContain(status);
    expect(section).toMatch(/^RFC (?:9110|9112|6585) §\d+(?:\.\d+)*$/);
  });
});
