import { describe, expect, it } from "vitest";
import { headOf, refusalOf } from "../test/read.ts";

function request(...lines: string[]): string {
  return ["POST / HTTP/1.1", "Host: a", ...lines, "", ""].join("\r\n");
}

function refusal(...lines: string[]) {
  return refusalOf(request(...lines))?.replace(/ at \d+$/, "");
}

describe("requestFraming", () => {
  it("finds no content, a length, or chunks (RFC 9112 §6.3)", () => {
    expect(headOf(request())).toMatchObject({ contentLength: 0, chunked: false });
    expect(headOf(request("Content-Length: 007"))).toMatchObject({ contentLength: 7, chunked: false });
    expect(headOf(request("content-length:9007199254740991"))).toMatchObject({ contentLength: 9007199254740991 });
    expect(headOf(request("Transfer-Encoding: CHUNKED"))).toMatchObject({ contentLength: undefined, chunked: true });
  });

  it.each(["+1", "-1", "0x1", "1 2", "1,1", "1.0", "1e1", "", "\xb2", "a"])("refuses Content-Length %j", (value) => {
    expect(refusal(`Content-Length: ${value}`)).toBe("content-length-invalid");
  });

  it.each(["9007199254740992", "18446744073709551617", "9".repeat(400)])(
    "refuses Content-Length %s as too large",
    (value) => {
      expect(refusal(`Content-Length: ${value}`)).toBe("content-length-too-large");
    },
  );

  it("refuses what two readers could frame in two ways", () => {
    expect(refusal("Content-Length: 1", "Content-Length: 1")).toBe("content-length-repeated");
    expect(refusal("Content-Length: 1", "Transfer-Encoding: chunked")).toBe("transfer-encoding-with-length");
    expect(refusal("Transfer-Encoding: chunked", "content-length: 1")).toBe("transfer-encoding-with-length");
    expect(refusal("Transfer-Encoding: chunked", "Transfer-Encoding: chunked")).toBe("transfer-encoding-invalid");
    expect(refusalOf("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")).toBe(
      "transfer-encoding-in-http-1-0 at 17",
    );
  });

  it.each([
    ["gzip", "transfer-coding-unsupported"],
    ["identity", "transfer-coding-unsupported"],
    ["gzip, chunked", "transfer-coding-unsupported"],
    ["xchunked", "transfer-coding-unsupported"],
    ["chunked;q=1", "transfer-coding-unsupported"],
    ["chunked, gzip", "transfer-encoding-invalid"],
    ["chunked, chunked", "transfer-encoding-invalid"],
    ["", "transfer-encoding-invalid"],
    ["chunked,", "transfer-encoding-invalid"],
  ])("refuses Transfer-Encoding %j with %s (RFC 9112 §6.1)", (value, code) => {
    expect(refusal(`Transfer-Encoding: ${value}`)).toBe(code);
  });
});
