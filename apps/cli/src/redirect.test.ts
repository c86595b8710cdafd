import type { HttpRequest, HttpResponse } from "@tinyhttp/handler";
import { describe, expect, it } from "vitest";
import { redirectTo } from "./redirect.ts";

function ask(
  target: string,
  fields: Record<string, string>,
  method: string = "GET",
  port: number = 8443,
): HttpResponse {
  const [, query = ""] = target.split("?");
  const headers = { get: (name: string) => fields[name], has: (name: string) => name in fields };
  return redirectTo(port)({ method, target, query, headers } as unknown as HttpRequest) as HttpResponse;
}

function location(response: HttpResponse): string | undefined {
  return (response.headers as Record<string, string>)["Location"];
}

describe("redirectTo", () => {
  it.each([
    ["/a?b=c", "example.org", "https://example.org:8443/a?b=c"],
    ["/", "example.org:8080", "https://example.org:8443/"],
    ["/", "[::1]:8080", "https://[::1]:8443/"],
    ["//evil.example/", "a.example", "https://a.example:8443/evil.example/"],
    ["http://evil.example/x", "a.example", "https://a.example:8443/"],
  ])("sends %s at %s on to %s", (target, host, expected) => {
    const response = ask(target, { host });
    expect(response.status).toBe(308);
    expect(location(response)).toBe(expected);
  });

  it("names no port where there is no need to", () => {
    expect(location(ask("/", { host: "a.example" }, "GET", 443))).toBe("https://a.example/");
  });

  it.each([
    ["a key", "/", { authorization: "Bearer x" }, "GET"],
    ["a session", "/", { cookie: "__Host-sid=x" }, "GET"],
    ["a key in the query", "/?api%5Fkey=x", {}, "GET"],
    ["content", "/", {}, "POST"],
  ])("does not send on a request with %s", (_, target, fields, method) => {
    expect(ask(target, { host: "a.example", ...fields }, method)).toMatchObject({ status: 403 });
  });

  it.each([[""], ["a b"], ["a@b"], ["a/b"]])("refuses the host %j", (host) => {
    expect(ask("/", { host })).toMatchObject({ status: 400 });
  });
});
