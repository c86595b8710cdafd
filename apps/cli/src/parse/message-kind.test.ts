import { describe, expect, it } from "vitest";
import { kindOf } from "./message-kind.ts";

describe("kindOf", () => {
  it.each([
    ["HTTP/1.1 200 OK", "response"],
    ["HTTP/", "response"],
    ["HTTPS / HTTP/1.1", "request"],
    ["GET", "request"],
    ["http/1.1 200", "request"],
    ["\r\nHTTP/1.1", "request"],
    ["HTTP", undefined],
    ["", undefined],
  ])("takes %j for %j", (first, kind) => {
    expect(kindOf(Buffer.from(first))).toBe(kind);
  });
});
