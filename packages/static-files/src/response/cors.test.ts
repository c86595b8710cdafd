import { describe, expect, it } from "vitest";
import { fakeRequest, headersOf } from "../../test/fake-request.ts";
import { allowListedOrigin, asPreflightAnswer, isPreflight } from "./cors.ts";

const ALLOWED = new Set(["https://a.example"]);

function asks(headers: Record<string, string>): boolean {
  return isPreflight(fakeRequest("/", { headers }));
}

describe("allowListedOrigin", () => {
  it.each([
    ["https://a.example", "https://a.example"],
    ["https://a.example.evil", null],
    ["http://a.example", null],
    ["null", null],
    [undefined, null],
  ])("answers %s with %s", (origin, allowed) => {
    const headers = origin === undefined ? {} : { Origin: origin };
    const response = { status: 200, headers: [["ETag", '"x"']] as [string, string][], body: "a" };
    const answer = allowListedOrigin(response, fakeRequest("/", { headers }), ALLOWED);
    expect(headersOf(answer).get("access-control-allow-origin")).toBe(allowed);
    expect(headersOf(answer).get("etag")).toBe('"x"');
    expect(answer.body).toBe("a");
  });
});

describe("isPreflight", () => {
  it("needs an origin and a method to ask for", () => {
    expect(asks({ Origin: "https://a.example", "Access-Control-Request-Method": "GET" })).toBe(true);
    expect(asks({ Origin: "https://a.example" })).toBe(false);
    expect(asks({ "Access-Control-Request-Method": "GET" })).toBe(false);
  });
});

describe("asPreflightAnswer", () => {
  it("allows reading, with any field", () => {
    const headers = headersOf(asPreflightAnswer({ status: 204, headers: { Allow: "GET" } }));
    expect(Object.fromEntries(headers)).toEqual({
      "access-control-allow-headers": "*, Authorization",
      "access-control-allow-methods": "GET, HEAD",
      "access-control-max-age": "600",
      allow: "GET",
    });
  });
});
