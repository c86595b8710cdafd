import { describe, expect, it } from "vitest";
import { headOf, refusalOf } from "../test/read.ts";

function requestIn(version: string): string {
  return `GET / ${version}\r\nHost: a\r\n\r\n`;
}

describe("versionMinorAt", () => {
  it("knows HTTP/1.1 and HTTP/1.0", () => {
    expect(headOf(requestIn("HTTP/1.1")).versionMinor).toBe(1);
    expect(headOf(requestIn("HTTP/1.0")).versionMinor).toBe(0);
  });

  it.each(["HTTP/1.1", "HTTP/1.0"])("refuses every version that is %s but for one byte (RFC 9112 §2.3)", (version) => {
    const accepted: string[] = [];
    for (let at = 0; at < version.length; at++) {
      for (let byte = 0; byte < 256; byte++) {
        const other = version.slice(0, at) + String.fromCharCode(byte) + version.slice(at + 1);
        if (refusalOf(requestIn(other)) === undefined) accepted.push(other);
      }
    }
    expect([...new Set(accepted)].sort()).toEqual(["HTTP/1.0", "HTTP/1.1"]);
  });
});
