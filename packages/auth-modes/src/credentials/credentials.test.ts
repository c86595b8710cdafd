import { describe, expect, it } from "vitest";
import { FakeRequest } from "../../test/fake-request.ts";
import { type Credentials, readCredentials } from "./credentials.ts";

function read(headers: readonly (readonly [string, string])[], query = "", allowQueryKey = false): Credentials {
  return readCredentials(new FakeRequest("/", { headers }).headers, query, allowQueryKey);
}

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

describe("readCredentials", () => {
  it.each([
    ["bearer", "Authorization", "Bearer KEY"],
    ["bearer", "authorization", "bEARER  KEY"],
    ["basic", "Authorization", basic("anybody:KEY")],
    ["basic", "Authorization", basic(":KEY")],
    ["x-api-key", "X-API-Key", "KEY"],
    ["x-auth-token", "x-auth-token", "KEY"],
  ])("finds a key: %s in %s", (carrier, name, value) => {
    expect(read([[name, value]])).toEqual({ kind: "key", carrier, text: "KEY" });
  });

  it("takes what follows the first colon for the password (RFC 7617 §2)", () => {
    expect(read([["Authorization", basic("a:b:c")]])).toMatchObject({ text: "b:c" });
    expect(read([["Authorization", basic("no colon")]])).toMatchObject({ text: "" });
  });

  it.each([["Digest username=x"], ["Bearer"], ["KEY"], ["Bearer KEY more"], [""]])(
    "cannot use Authorization: %s",
    (value) => {
      expect(read([["Authorization", value]])).toEqual({ kind: "unusable" });
    },
  );

  it.each([
    ["two kinds", [["Authorization", "Bearer KEY"] as const, ["X-API-Key", "KEY"] as const]],
    ["two other kinds", [["X-Auth-Token", "KEY"] as const, ["X-API-Key", "KEY"] as const]],
    ["a repeated field", [["X-API-Key", "KEY"] as const, ["X-API-Key", "KEY"] as const]],
    [
      "a repeated Authorization",
      [["Authorization", "Bearer KEY"] as const, ["Authorization", basic("a:KEY")] as const],
    ],
    ["an unusable one and a good one", [["Authorization", "Digest x"] as const, ["X-API-Key", "KEY"] as const]],
  ])("does not choose between %s", (_, headers) => {
    expect(read(headers)).toEqual({ kind: "several" });
  });

  it.each([["api_key=KEY"], ["a=b&api_key=KEY"], ["api%5fkey=KEY"], ["api_key"], ["%61pi_key="]])(
    "takes no key from the query %s unless it is allowed",
    (query) => {
      expect(read([], query)).toEqual({ kind: "in-query" });
      expect(read([["X-API-Key", "KEY"]], query)).toEqual({ kind: "in-query" });
      expect(read([], query, true)).toMatchObject({ kind: "key", carrier: "query" });
    },
  );

  it("still takes no two keys when the query is allowed", () => {
    expect(read([["X-API-Key", "KEY"]], "api_key=KEY", true)).toEqual({ kind: "several" });
    expect(read([], "api_key=KEY&api_key=KEY", true)).toEqual({ kind: "several" });
  });

  it.each([[""], ["a=b"], ["my_api_key=KEY"], ["a=api_key"], ["a=%20"]])("finds nothing in the query %s", (query) => {
    expect(read([], query)).toEqual({ kind: "none" });
  });
});
