import { describe, expect, it } from "vitest";
import { ExchangeRecord } from "./exchange-record.ts";
import type { ServerRequest } from "./request.ts";
import type { ResponsePlan } from "./response-plan.ts";

const REQUEST = { receivedAt: 0 } as ServerRequest;

function planOf(fields: Partial<ResponsePlan>): ResponsePlan {
  const content = { kind: "none" } as const;
  return { status: 200, head: "", content, sendsContent: false, keepAlive: true, isDelimited: true, ...fields };
}

function recordOf(plan: ResponsePlan, version: "1.1" | "2" = "1.1"): ExchangeRecord {
  const record = new ExchangeRecord({ address: "127.0.0.1", port: 1, encrypted: false });
  record.begin(REQUEST, version);
  record.answer(plan);
  return record;
}

describe("ExchangeRecord", () => {
  it("has the Date that was sent, though the plan has got another one since", () => {
    const plan = { ...planOf({}), date: "then", head: "HTTP/1.1 200 OK\r\nDate: then\r\n\r\n" };
    const record = recordOf(plan, "2");
    Object.assign(plan, { date: "now", head: "HTTP/1.1 200 OK\r\nDate: now\r\n\r\n" });
    expect(record.responseHead).toBe("HTTP/2 200 OK\r\nDate: then\r\n\r\n");
  });

  it("keeps nothing of the response when the exchange is over, and its numbers when it is copied", () => {
    const record = recordOf(planOf({ status: 404, head: "HTTP/1.1 404 Not Found\r\n\r\n" }));
    record.end(true, (exchange) => {
      expect({ ...exchange }).toMatchObject({ status: 404, complete: true, bytesSent: 0 });
      expect(exchange.responseHead).toContain("404");
    });
    expect(record.responseHead).toBe("");
    expect(() => record.request).toThrow(TypeError);
  });
});
