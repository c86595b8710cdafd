import { allocateWithHeadroom, type HttpResponse } from "@tinyhttp/handler";
import { encodeFields } from "@tinyhttp/http-parser";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { planRepeated } from "./repeated-plan.ts";
import type { ResponseContext } from "./response-plan.ts";

const CONTEXT: ResponseContext = { isHead: false, versionMinor: 1, keepAlive: true, now: 0 };
const headers = encodeFields({ "X-A": "1" });
const body = new Uint8Array(3);
const RESPONSE: HttpResponse = Object.freeze({ status: 200, headers, body });

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-01-01T00:00:10Z"), toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

let minute = 0;

/** Sets the time of day. Returns the time on the monotonic clock, a minute later than the last. */
function timeAt(second: number): number {
  vi.setSystemTime(new Date(`2026-01-01T00:00:${second}Z`));
  return (minute += 60_000) + second * 1000;
}

describe("planRepeated", () => {
  it("plans a frozen response once", () => {
    planRepeated(RESPONSE, CONTEXT);
    expect(planRepeated(RESPONSE, CONTEXT)).toBe(planRepeated(RESPONSE, { ...CONTEXT }));
  });

  it("plans what can change anew each time", () => {
    const response = { status: 200, headers, body };
    planRepeated(response, CONTEXT);
    response.status = 404;
    expect(planRepeated(response, CONTEXT).head).toMatch(/^HTTP\/1\.1 404 /);
  });

  it.each<[string, Partial<ResponseContext>, string]>([
    ["persistence", { keepAlive: false }, "\r\nConnection: close\r\n"],
    ["the version", { versionMinor: 0 }, "\r\nConnection: keep-alive\r\n"],
  ])("makes another when %s changes", (_, context, head) => {
    planRepeated(RESPONSE, CONTEXT);
    expect(planRepeated(RESPONSE, { ...CONTEXT, ...context }).head).toContain(head);
    expect(planRepeated(RESPONSE, CONTEXT).head).not.toContain(head);
  });

  it("gives the head as bytes when it is asked for again", () => {
    planRepeated(RESPONSE, CONTEXT);
    const { head, headBytes } = planRepeated(RESPONSE, CONTEXT);
    expect(Buffer.from(headBytes ?? []).toString("latin1")).toBe(head);
  });

  it("puts head and content in one piece when the content was made with room for a head", () => {
    const response = Object.freeze({ ...RESPONSE, body: allocateWithHeadroom(3).fill(0x61) });
    planRepeated(response, CONTEXT);
    const { head, whole } = planRepeated(response, CONTEXT);
    expect(whole?.bytes.toString("latin1")).toBe(`${head}aaa`);
  });

  it("puts nothing behind the head of a response that sends no content", () => {
    const response = Object.freeze({ ...RESPONSE, status: 304, body: allocateWithHeadroom(3).fill(0x61) });
    planRepeated(response, CONTEXT);
    const { head, whole } = planRepeated(response, CONTEXT);
    expect(whole?.bytes.toString("latin1")).toBe(head);
  });

  it("leaves bytes alone that a write still reads, and makes another plan when the second is over", () => {
    const response = Object.freeze({ ...RESPONSE, body: allocateWithHeadroom(3) });
    planRepeated(response, { ...CONTEXT, now: timeAt(10) });
    const { whole } = planRepeated(response, { ...CONTEXT, now: timeAt(10) });
    const before = whole?.bytes.toString("latin1");
    whole!.loans++;
    expect(planRepeated(response, { ...CONTEXT, now: timeAt(11) }).whole).toBeUndefined();
    expect(whole?.bytes.toString("latin1")).toBe(before);
    whole!.loans--;
    expect(planRepeated(response, { ...CONTEXT, now: timeAt(12) }).head).toContain("00:00:12 GMT");
  });

  it("makes another when HEAD is asked for", () => {
    planRepeated(RESPONSE, CONTEXT);
    expect(planRepeated(RESPONSE, { ...CONTEXT, isHead: true }).sendsContent).toBe(false);
  });

  it("changes the Date each second (RFC 9110 §6.6.1)", () => {
    const response = Object.freeze({ ...RESPONSE });
    for (const second of [10, 10, 11, 12, 12]) {
      const { head, headBytes } = planRepeated(response, { ...CONTEXT, now: timeAt(second) });
      expect(head).toContain(`\r\nDate: Thu, 01 Jan 2026 00:00:${second} GMT\r\nX-A: 1\r\n`);
      if (headBytes !== undefined) expect(Buffer.from(headBytes).toString("latin1")).toBe(head);
    }
  });

  it("leaves a Date alone that the handler gave", () => {
    const dated = { headers: encodeFields({ Date: "Thu, 01 Jan 1970 00:00:00 GMT" }) };
    const response = Object.freeze({ ...RESPONSE, ...dated });
    for (const second of [10, 11, 12]) {
      const { head, headBytes } = planRepeated(response, { ...CONTEXT, now: timeAt(second) });
      expect(head).toContain("\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
      if (headBytes !== undefined) expect(Buffer.from(headBytes).toString("latin1")).toBe(head);
    }
  });

  it("makes another when the content was transferred away", () => {
    const transferred = new Uint8Array(3);
    const response = Object.freeze({ ...RESPONSE, body: transferred });
    planRepeated(response, CONTEXT);
    structuredClone(transferred, { transfer: [transferred.buffer] });
    expect(planRepeated(response, CONTEXT).content).toMatchObject({ length: 0 });
  });

  it("refuses what is no response", () => {
    expect(() => planRepeated(undefined as unknown as HttpResponse, CONTEXT)).toThrow(TypeError);
  });
});
