import { describe, expect, it } from "vitest";
import { HttpSyntaxError, isHttpSyntaxError, SYNTAX_ERRORS } from "./errors.ts";

describe("HttpSyntaxError", () => {
  it("says what was attempted, what was wanted, what stood there, and where", () => {
    const error = new HttpSyntaxError("method-invalid", 3, 0x09);
    expect(error.message).toBe("Cannot read method: expected a token and one SP, got 0x09 (byte 3, RFC 9112 §3.1)");
    expect(error).toMatchObject({ code: "method-invalid", offset: 3, status: 400, section: "RFC 9112 §3.1" });
  });

  it("names the limit that was exceeded", () => {
    const error = new HttpSyntaxError("request-line-too-long", 8192, undefined, 8192);
    expect(error.message).toBe(
      "Cannot read request line: expected a shorter line (at most 8192) (byte 8192, RFC 9112 §3)",
    );
    expect(error.maximum).toBe(8192);
  });

  it("is a SyntaxError called HttpSyntaxError without an own name", () => {
    const error = new HttpSyntaxError("host-missing", 0);
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

describe("SYNTAX_ERRORS", () => {
  it.each(Object.entries(SYNTAX_ERRORS))(
    "%s has a status that a server sends and cites a current RFC",
    (_code, row) => {
      expect([400, 413, 414, 417, 431, 501, 502, 505]).toContain(row[0]);
      expect(row[1]).toMatch(/^RFC (9110|9112|6585) §\d+(\.\d+)*$/);
    },
  );
});
