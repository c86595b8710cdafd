import type { HttpResponse } from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { planRepeated } from "./repeated-plan.ts";
import type { ResponseContext } from "./response-plan.ts";

const CONTEXT: ResponseContext = { isHead: false, versionMinor: 1, keepAlive: true };
const headers = encodeFields({ "X-A": "1" });
const body = new Uint8Array(3);
const RESPONSE: HttpResponse = { status: 200, headers, body };

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-01-01T00:00:10Z"), toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("planRepeated", () => {
  it("gives the plan that it gave before", () => {
    expect(planRepeated(RESPONSE, CONTEXT)).toBe(planRepeated({ ...RESPONSE }, { ...CONTEXT }));
  });

  it.each<[string, Partial<HttpResponse>, Partial<ResponseContext>, string]>([
    ["the status", { status: 404 }, {}, "HTTP/1.1 404 "],
    ["the length", { body: new Uint8Array(5) }, {}, "\r\nContent-Length: 5\r\n"],
    ["the content, to none", { body: null }, {}, "\r\nContent-Length: 0\r\n"],
    ["persistence", {}, { keepAlive: false }, "\r\nConnection: close\r\n"],
    ["the version", {}, { versionMinor: 0 }, "\r\nConnection: keep-alive\r\n"],
    ["the fields", { headers: encodeFields({ "X-B": "2" }) }, {}, "\r\nX-B: 2\r\n"],
  ])("makes another when %s changes", (_, response, context, head) => {
    planRepeated(RESPONSE, CONTEXT);
    expect(planRepeated({ ...RESPONSE, ...response }, { ...CONTEXT, ...context }).head).toContain(head);
  });

  it("makes another when HEAD is asked for", () => {
    planRepeated(RESPONSE, CONTEXT);
    expect(planRepeated(RESPONSE, { ...CONTEXT, isHead: true }).sendsContent).toBe(false);
  });

  it("makes another each second (RFC 9110 §6.6.1)", () => {
    planRepeated(RESPONSE, CONTEXT);
    vi.setSystemTime(new Date("2026-01-01T00:00:11Z"));
    expect(planRepeated(RESPONSE, CONTEXT).head).toContain("\r\nDate: Thu, 01 Jan 2026 00:00:11 GMT\r\n");
  });

  it("makes another when the content was transferred away", () => {
    const transferred = new Uint8Array(3);
    planRepeated({ ...RESPONSE, body: transferred }, CONTEXT);
    structuredClone(transferred, { transfer: [transferred.buffer] });
    expect(planRepeated({ ...RESPONSE, body: transferred }, CONTEXT).content).toMatchObject({ length: 0 });
  });

  it("refuses what is no response", () => {
    expect(() => planRepeated(undefined as unknown as HttpResponse, CONTEXT)).toThrow(TypeError);
  });
});
