import type { Exchange } from "@tinyhttp/async-server";
import { describe, expect, it } from "vitest";
import { logRecordOf } from "./log-record.ts";

function exchangeWith(target: string, fields: [string, string][]): Exchange {
  const headers = new Map(fields);
  return { request: { method: "GET", target, headers }, peer: { address: "::1" }, status: 200 } as unknown as Exchange;
}

describe("logRecordOf", () => {
  it.each([
    ["/a?api_key=s3cret", "/a"],
    ["/a#s3cret", "/a"],
    ["/plain", "/plain"],
    ["http://host/a?b", "http://host/a"],
  ])("logs the target %j as %j", (target, path) => {
    expect(logRecordOf(exchangeWith(target, [])).path).toBe(path);
  });

  it.each([
    ["https://a.example/b?token=s3cret", "https://a.example/b"],
    ["https://user:s3cret@a.example/b", "https://a.example/b"],
    ["https://a.example/@b", "https://a.example/@b"],
  ])("logs the referer %j as %j", (referer, logged) => {
    expect(logRecordOf(exchangeWith("/", [["referer", referer]])).referer).toBe(logged);
  });

  it("says who was let in, and from where, as the access policy found out", () => {
    const exchange = exchangeWith("/", []);
    Object.assign(exchange.request, { principal: { id: "7Qk2mZpA", address: "192.0.2.1" } });
    expect(logRecordOf(exchange)).toMatchObject({ user: "7Qk2mZpA", client: "192.0.2.1" });
    Object.assign(exchange.request, { principal: { id: "", address: "192.0.2.1" } });
    expect(logRecordOf(exchange).user).toBeUndefined();
  });

  it("takes nothing from fields that carry secrets", () => {
    const record = logRecordOf(
      exchangeWith("/", [
        ["authorization", "Bearer s3cret"],
        ["cookie", "id=s3cret"],
        ["user-agent", "curl"],
      ]),
    );
    expect(JSON.stringify(record)).not.toContain("s3cret");
    expect(record.userAgent).toBe("curl");
  });
});
