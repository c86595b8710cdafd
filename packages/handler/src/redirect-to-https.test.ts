import { describe, expect, it } from "vitest";
import { FakeRequest } from "../test/fake-request.ts";
import type { HttpResponse } from "./response.ts";
import { redirectToHttps } from "./redirect-to-https.ts";

describe("redirectToHttps", () => {
  const handler = redirectToHttps({ hosts: ["Example.com", "192.0.2.1", "2001:db8::1"] });
  const ask = (target: string, headers: Record<string, string>, method = "GET"): HttpResponse =>
    handler(new FakeRequest(target, { method, headers: Object.entries(headers) })) as HttpResponse;

  it.each([
    ["example.com", "/", "https://example.com/"],
    ["EXAMPLE.com:8080", "/a%20b?x=1&y", "https://example.com/a%20b?x=1&y"],
    ["192.0.2.1:80", "/?", "https://192.0.2.1/?"],
    ["[2001:db8::1]:80", "//evil.example/x", "https://[2001:db8::1]//evil.example/x"],
    ["example.com", "http://example.com/a?b", "https://example.com/a?b"],
  ])("sends a reader of %s%s to %s (RFC 9110 §15.4.9)", (host, target, location) => {
    expect(ask(target, { host })).toEqual({ status: 308, headers: { location } });
    expect(ask(target, { host }, "HEAD").status).toBe(308);
  });

  it("names the port when it is not the usual one", () => {
    const other = redirectToHttps({ hosts: ["a"], port: 8443 });
    const answer = other(new FakeRequest("/x", { headers: [["Host", "a:8080"]] }));
    expect(answer).toMatchObject({ headers: { location: "https://a:8443/x" } });
  });

  it.each(["evil.example", "example.com.evil.example", "", "192.0.2.2"])(
    "sends nobody to %j, which it was not told of (RFC 9110 §15.5.20)",
    (host) => {
      expect(ask("/", { host })).toMatchObject({ status: 421 });
    },
  );

  it.each(["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"])("tells who sends %s in the clear", (method) => {
    expect(ask("/", { host: "example.com" }, method)).toMatchObject({ status: 403 });
  });

  it.each(["Authorization", "Cookie", "X-API-Key", "X-Auth-Token"])("tells who sends %s in the clear", (name) => {
    expect(ask("/", { host: "example.com", [name]: "secret" })).toMatchObject({ status: 403 });
  });

  it("refuses to have no host", () => {
    expect(() => redirectToHttps({ hosts: [] })).toThrow(TypeError);
  });
});
