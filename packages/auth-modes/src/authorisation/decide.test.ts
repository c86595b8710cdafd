import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import { checkedPrefix } from "./path-prefix.ts";
import { checkedScopes, scopeOfMethod } from "./scope.ts";

describe("decide", () => {
  const principal = { scopes: ["read"], prefixes: ["/docs", "/a b"] };

  it.each([
    ["read", "/docs", "granted"],
    ["read", "/docs/", "granted"],
    ["read", "/docs/x/y", "granted"],
    ["read", "/a b/c", "granted"],
    ["read", "/docsx", "outside-prefixes"],
    ["read", "/doc", "outside-prefixes"],
    ["read", "/Docs", "outside-prefixes"],
    ["read", "/", "outside-prefixes"],
    ["write", "/docs", "missing-scope"],
    ["list", "/docs", "missing-scope"],
    ["", "/docs", "missing-scope"],
  ])("%s %s: %s", (action, path, rule) => {
    expect(decide(principal, action, path)).toEqual({ allow: rule === "granted", rule });
  });

  it("denies what was not granted: everything, to a grant of nothing", () => {
    expect(decide({ scopes: [], prefixes: ["/"] }, "read", "/")).toMatchObject({ allow: false });
    expect(decide({ scopes: ["read"], prefixes: [] }, "read", "/")).toMatchObject({ allow: false });
    expect(decide({ scopes: ["read"], prefixes: ["/"] }, "read", "/anything")).toMatchObject({ allow: true });
  });
});

describe("scopeOfMethod", () => {
  it.each([
    ["GET", "read"],
    ["HEAD", "read"],
    ["OPTIONS", "read"],
    ["PUT", "write"],
    ["POST", "write"],
    ["PATCH", "write"],
    ["DELETE", "delete"],
    ["PURGE", "admin"],
    ["get", "admin"],
  ])("%s needs %s", (method, scope) => {
    expect(scopeOfMethod(method)).toBe(scope);
  });
});

describe("checkedPrefix", () => {
  it.each([
    ["/", "/"],
    ["/a", "/a"],
    ["/a/", "/a"],
    ["/a b/ü", "/a b/ü"],
  ])("takes %j", (prefix, taken) => {
    expect(checkedPrefix(prefix)).toBe(taken);
  });

  it.each([[""], ["a"], ["//"], ["/a//b"], ["/a/../b"], ["/."], ["/a\\b"], ["/a\n"]])("refuses %j", (prefix) => {
    expect(() => checkedPrefix(prefix)).toThrow(TypeError);
  });
});

describe("checkedScopes", () => {
  it("refuses a word that is no scope", () => {
    expect(checkedScopes(["read", "metrics"])).toEqual(["read", "metrics"]);
    expect(() => checkedScopes(["read", "fly"])).toThrow(/"fly": expected one of read, list/);
  });
});
