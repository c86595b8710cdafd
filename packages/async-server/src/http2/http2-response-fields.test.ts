import { encodeFields } from "@tinyhttp/http-parser";
import { describe, expect, it, vi } from "vitest";
import { planRepeated } from "../repeated-plan.ts";
import { responseFields } from "./http2-response-fields.ts";

const RESPONSE = Object.freeze({ status: 200, headers: encodeFields({ "X-A": "a: b" }), body: new Uint8Array(3) });

function fieldsAt(now: number): readonly string[] {
  return responseFields(planRepeated(RESPONSE, { isHead: false, versionMinor: 1, keepAlive: true, now }));
}

describe("responseFields", () => {
  it("gives names in lower case, and nothing that HTTP/2 has no place for (RFC 9113 §8.2)", () => {
    const head = "HTTP/1.1 200 OK\r\nX-A: a: b\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    const plan = { status: 200, head, content: { kind: "none" }, sendsContent: true } as const;
    expect(responseFields({ ...plan, keepAlive: true, isDelimited: true })).toEqual([":status", "200", "x-a", "a: b"]);
  });

  it("makes them once for as long as the Date of a plan stays, and anew when it changes", () => {
    vi.useFakeTimers({ now: new Date("2026-01-01T00:00:10Z"), toFake: ["Date"] });
    fieldsAt(1_000_000);
    const before = fieldsAt(1_000_001);
    expect(fieldsAt(1_000_002)).toBe(before);
    vi.setSystemTime(new Date("2026-01-01T00:00:11Z"));
    expect(fieldsAt(1_001_000)).toContain("Thu, 01 Jan 2026 00:00:11 GMT");
    vi.useRealTimers();
  });
});
