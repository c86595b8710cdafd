import { describe, expect, it } from "vitest";
import { headersOf } from "../../test/fake-request.ts";
import { resolveOptions } from "../options.ts";
import { directoryRedirect, preparePlainResponses } from "./plain-responses.ts";
import { FieldPolicy } from "./response-fields.ts";

const POLICY = new FieldPolicy(resolveOptions({ headers: { "X-A": "1" } }));

describe("preparePlainResponses", () => {
  it("gives every answer the site's fields", () => {
    for (const response of Object.values(preparePlainResponses(POLICY, []))) {
      expect(headersOf(response).get("x-a")).toBe("1");
      expect(headersOf(response).get("x-content-type-options")).toBe("nosniff");
    }
  });

  it("says when to come back (RFC 9110 §10.2.3)", () => {
    const { unavailable } = preparePlainResponses(POLICY, []);
    expect(unavailable.status).toBe(503);
    expect(headersOf(unavailable).get("retry-after")).toBe("1");
  });
});

describe("directoryRedirect", () => {
  it.each([
    ["/d", "", "/d/"],
    ["/d", "a=1&b=%2F", "/d/?a=1&b=%2F"],
    ["/d d/é", "", "/d%20d/%C3%A9/"],
    ["/evil.example", "", "/evil.example/"],
    ["/@evil.example:80", "", "/%40evil.example%3A80/"],
    ["/javascript:alert(1)", "", "/javascript%3Aalert(1)/"],
    ["/a?b#c", "", "/a%3Fb%23c/"],
  ])("%s?%s goes to %s", (path, query, location) => {
    const response = directoryRedirect(path, query, POLICY);
    expect(response.status).toBe(301);
    expect(headersOf(response).get("location")).toBe(location);
  });
});
