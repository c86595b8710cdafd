import { describe, expect, it } from "vitest";
import { FakeRequest } from "../test/fake-request.ts";
import { byPath } from "./by-path.ts";
import type { HttpRequest } from "./request.ts";

const answer = (name: string) => () => ({ status: 200, body: name });

describe("byPath", () => {
  const handler = byPath({
    "/": answer("site"),
    "/api": answer("api"),
    "/api/v2": answer("v2"),
    "/a b": answer("space"),
  });

  it.each([
    ["/", "site"],
    ["/index.html", "site"],
    ["/apis", "site"],
    ["/api", "api"],
    ["/api/", "api"],
    ["/api?x", "api"],
    ["/api/v1/x", "api"],
    ["/api/v20", "api"],
    ["/api/v2", "v2"],
    ["/api/v2/x", "v2"],
    ["/%61pi/v2", "v2"],
    ["//api", "api"],
    ["/x/../api/", "api"],
    ["/a%20b/c", "space"],
  ])("gives %s to %s", (target, body) => {
    expect(handler(new FakeRequest(target))).toEqual({ status: 200, body });
  });

  it("hands the request on as it is", () => {
    const seen: HttpRequest[] = [];
    const request = new FakeRequest("/api/x");
    const api = byPath({
      "/api": (given) => {
        seen.push(given);
        return { status: 204 };
      },
    });
    expect(api(request)).toEqual({ status: 204 });
    expect(seen).toEqual([request]);
  });

  it("throws a 404 where no prefix fits, and a 400 where there is no path", () => {
    const api = byPath({ "/api": answer("api") });
    expect(() => api(new FakeRequest("/"))).toThrow(expect.objectContaining({ status: 404, code: "not-found" }));
    expect(() => api(new FakeRequest("/api/%2e%2e%2f"))).toThrow(expect.objectContaining({ status: 400 }));
  });

  it.each(["", "api", "/api/", "//api", "/../api", "/a/./b", "/a\\b"])("refuses the prefix %j", (prefix) => {
    expect(() => byPath({ [prefix]: answer("x") })).toThrow(TypeError);
  });
});
