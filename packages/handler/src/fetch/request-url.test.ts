import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FakeRequest } from "../../test/fake-request.ts";
import { isHttpError } from "../http-error.ts";
import { requestUrl } from "./request-url.ts";

function urlOf(target: string, host: string | undefined = "example.org", encrypted = false): string {
  return requestUrl(new FakeRequest(target, { headers: host === "" ? [] : [["Host", host]], encrypted }));
}

describe("requestUrl", () => {
  it.each([
    ["/", "http://example.org/"],
    ["/a/b.txt?c=d&e", "http://example.org/a/b.txt?c=d&e"],
    ["/a?", "http://example.org/a?"],
    ["/%61%2Fb", "http://example.org/%61%2Fb"],
    ["/@scope%2fname", "http://example.org/@scope%2fname"],
    ["/a b", "http://example.org/a%20b"],
    ["/a?b=\\c", "http://example.org/a?b=\\c"],
    ["/a?b=/../c", "http://example.org/a?b=/../c"],
    ["/a#b?c#d", "http://example.org/a%23b?c%23d"],
    ["//evil.example/a", "http://example.org//evil.example/a"],
    ["/proxy/https://example.com/", "http://example.org/proxy/https://example.com/"],
    ["*", "http://example.org/"],
  ])("keeps the target %j as sent", (target, url) => {
    expect(urlOf(target)).toBe(url);
  });

  it.each([
    ["/a/../b", "http://example.org/b"],
    ["/a/%2e%2e/b?c", "http://example.org/b?c"],
    ["/a/./%3F%23%25", "http://example.org/a/%3F%23%25"],
    ["/./caf%C3%A9", "http://example.org/caf%C3%A9"],
  ])("reads the dot segments of %j as request.path does", (target, url) => {
    expect(urlOf(target)).toBe(url);
  });

  it.each([["/../a"], ["/a//../b"], ["/a\\..\\b"], ["/a/../b%2fc"], ["/a\tb"], ["/a/../%00"]])(
    "refuses %j, which a guard would read differently",
    (target) => {
      expect(() => urlOf(target)).toThrow(expect.objectContaining({ status: 400, code: "bad-path" }));
    },
  );

  it("takes the scheme of the connection and the host of the request (RFC 9112 §3.3)", () => {
    expect(urlOf("/a", "Example.ORG:8443", true)).toBe("https://example.org:8443/a");
    expect(urlOf("/a", "example.org:80")).toBe("http://example.org/a");
    expect(urlOf("/a", "[::1]:8080")).toBe("http://[::1]:8080/a");
  });

  it("lets the authority of absolute-form win over Host (RFC 9112 §3.2.2)", () => {
    expect(urlOf("http://other.example:81/a?b", "example.org")).toBe("http://other.example:81/a?b");
    expect(urlOf("https://other.example", "example.org")).toBe("http://other.example/");
  });

  it("names localhost where HTTP/1.0 names no host", () => {
    expect(urlOf("/a", "")).toBe("http://localhost/a");
  });

  it.each(["a/b", "a?b", "a#b", "user@a", "a\\b", "a b", "a:b", "a:99999", "[::1", " ", "%00"])(
    "refuses the host %j",
    (host) => {
      expect(() => urlOf("/", host)).toThrow(expect.objectContaining({ status: 400, code: "bad-host" }));
    },
  );

  it("refuses userinfo in absolute-form (RFC 9110 §4.2.4)", () => {
    expect(() => urlOf("http://user:key@host/")).toThrow(expect.objectContaining({ code: "bad-host" }));
  });

  it("gives a URL as the URL standard writes it, whatever the target", () => {
    const piece = fc.constantFrom(
      "/",
      "//",
      ".",
      "..",
      "%2e",
      "%2F",
      "%",
      "a",
      "?",
      "#",
      "'",
      '"',
      "^",
      "|",
      "{",
      " ",
      "é",
      ":",
      "@",
      "\\",
      ";",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const url = urlOrUndefined(`/${pieces.join("")}`);
        if (url === undefined) return;
        expect(new URL(url).href).toBe(url);
        expect(url).toMatch(/^http:\/\/example\.org\//);
      }),
      { numRuns: 3000 },
    );
  });

  it("lets a guard of request.path and the application see the same first segment", () => {
    const piece = fc.constantFrom("/", "//", "/.", "/..", "/%2e%2E", "/admin", "/public", "a", "%61dmin");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const request = new FakeRequest(`/${pieces.join("")}`);
        const url = urlOrUndefined(request.target);
        if (url === undefined) return;
        const seen = new URL(url).pathname.split("/").find((segment) => segment !== "") ?? "";
        expect(decodeURIComponent(seen)).toBe(request.path.split("/")[1]);
      }),
      { numRuns: 3000 },
    );
  });
});

function urlOrUndefined(target: string): string | undefined {
  try {
    return urlOf(target);
  } catch (error) {
    if (isHttpError(error)) return undefined;
    throw error;
  }
}
