import { describe, expect, it } from "vitest";
import { FakeRequest } from "../test/fake-request.ts";
import { byMethod } from "./by-method.ts";

const answer = (name: string) => () => ({ status: 200, body: name });

describe("byMethod", () => {
  const handler = byMethod({ GET: answer("read"), POST: answer("write") });

  it.each([
    ["GET", { status: 200, body: "read" }],
    ["HEAD", { status: 200, body: "read" }],
    ["POST", { status: 200, body: "write" }],
    ["OPTIONS", { status: 204, headers: { allow: "GET, POST, HEAD, OPTIONS" } }],
    ["DELETE", { status: 405, headers: { allow: "GET, POST, HEAD, OPTIONS" } }],
    ["get", { status: 405, headers: { allow: "GET, POST, HEAD, OPTIONS" } }],
    ["constructor", { status: 405, headers: { allow: "GET, POST, HEAD, OPTIONS" } }],
    ["__proto__", { status: 405, headers: { allow: "GET, POST, HEAD, OPTIONS" } }],
  ])("answers %s (RFC 9110 §15.5.6)", (method, expected) => {
    expect(handler(new FakeRequest("/", { method }))).toEqual(expected);
  });

  it("prefers a HEAD or OPTIONS handler of its own", () => {
    const own = byMethod({ GET: answer("read"), HEAD: answer("head"), OPTIONS: answer("options") });
    expect(own(new FakeRequest("/", { method: "HEAD" }))).toEqual({ status: 200, body: "head" });
    expect(own(new FakeRequest("/", { method: "OPTIONS" }))).toEqual({ status: 200, body: "options" });
  });

  it("offers no HEAD without GET", () => {
    const write = byMethod({ PUT: answer("write") });
    expect(write(new FakeRequest("/", { method: "HEAD" }))).toEqual({
      status: 405,
      headers: { allow: "PUT, OPTIONS" },
    });
  });

  it("refuses what is not a method", () => {
    expect(() => byMethod({})).toThrow(TypeError);
    expect(() => byMethod({ "GET, POST": answer("x") })).toThrow(
      'Cannot route by method "GET, POST": expected a token',
    );
  });
});
