import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHttpError } from "./http-error.ts";
import { encodedPath, normalisePath, queryOf } from "./request-path.ts";

describe("normalisePath", () => {
  it.each([
    ["/", "/"],
    ["/a", "/a"],
    ["/a/", "/a/"],
    ["/a/b.txt", "/a/b.txt"],
    ["/a?b=/../c", "/a"],
    ["/?", "/"],
    ["/~user/-_.!$&'()*+,;=:@", "/~user/-_.!$&'()*+,;=:@"],
    ["/a%20b", "/a b"],
    ["/%61%62", "/ab"],
    ["/caf%C3%A9", "/café"],
    ["/%F0%9F%98%80", "/😀"],
    ["/100%25", "/100%"],
    ["/a%3Fb%23c", "/a?b#c"],
    ["/%253Fa", "/%3Fa"],
    ["/a|b", "/a|b"],
    ["/...", "/..."],
    ["/.hidden", "/.hidden"],
    ["/..hidden", "/..hidden"],
    ["/a..", "/a.."],
    ["/__proto__/constructor", "/__proto__/constructor"],
  ])("reads %j as %j", (target, path) => {
    expect(normalisePath(target)).toBe(path);
  });

  it.each([
    ["/.", "/"],
    ["/./", "/"],
    ["/a/.", "/a/"],
    ["/a/./b", "/a/b"],
    ["/a/..", "/"],
    ["/a/../", "/"],
    ["/a/b/..", "/a/"],
    ["/a/b/../", "/a/"],
    ["/a/b/../c", "/a/c"],
    ["/a/%2e/b", "/a/b"],
    ["/a/%2E%2e/b", "/b"],
    ["/a/.%2e/b", "/b"],
    ["/a/%2e./b/", "/b/"],
  ])("removes the dot segments of %j (RFC 3986 §5.2.4)", (target, path) => {
    expect(normalisePath(target)).toBe(path);
  });

  it.each([
    ["//", "/"],
    ["///", "/"],
    ["//a", "/a"],
    ["//evil.example/a", "/evil.example/a"],
    ["/a//b", "/a/b"],
    ["/a//", "/a/"],
    ["/a/.//b", "/a/b"],
  ])("drops the empty segments of %j", (target, path) => {
    expect(normalisePath(target)).toBe(path);
  });

  it.each([
    ["*", "/"],
    ["http://host", "/"],
    ["http://host?q", "/"],
    ["http://host/a/../b?q", "/b"],
    ["HTTP://host:8080//a", "/a"],
    ["http://user@host/a", "/a"],
  ])("takes the path of the target %j (RFC 9112 §3.2)", (target, path) => {
    expect(normalisePath(target)).toBe(path);
  });

  it.each([
    ["above the root", "/.."],
    ["above the root", "/../etc/passwd"],
    ["above the root", "/a/../../etc/passwd"],
    ["above the root, encoded", "/%2e%2e/etc/passwd"],
    ["above the root, half encoded", "/.%2E/etc/passwd"],
    ["above the root, absolute-form", "http://host/../etc/passwd"],
    ["an empty segment before ..", "//../etc/passwd"],
    ["an empty segment before ..", "/admin//../public"],
    ["an empty segment two before ..", "/a//b/../../c"],
    ["an encoded slash", "/a%2fb"],
    ["an encoded slash", "/..%2F..%2Fetc/passwd"],
    ["an encoded backslash", "/a%5cb"],
    ["an encoded backslash", "/..%5C..%5Cwindows"],
    ["a backslash", "/a\\b"],
    ["a backslash", "/\\evil.example"],
    ["NUL", "/a%00.html"],
    ["CR LF", "/a%0d%0aSet-Cookie:x"],
    ["a tab", "/a\tb"],
    ["DEL", "/%7f"],
    ["a C1 control", "/%C2%85"],
    ["an overlong dot", "/%c0%ae%c0%ae/etc"],
    ["an overlong slash", "/%c0%afetc"],
    ["a lone continuation byte", "/%80"],
    ["a surrogate in UTF-8", "/%ed%a0%80"],
    ["latin1 where UTF-8 is wanted", "/caf%e9"],
    ["a cut percent-encoding", "/a%"],
    ["a cut percent-encoding", "/a%4"],
    ["a percent sign without hexadecimal digits", "/%zz"],
    ["the %u form of IIS", "/%u002e%u002e/"],
    ["no path", ""],
    ["no path", "a/b"],
    ["no path: authority-form", "host:443"],
    ["no path", "?a"],
  ])("refuses %s: %j", (_reason, target) => {
    expect(codeThrownBy(() => normalisePath(target))).toBe("bad-path");
  });

  it("answers a refused path with 400 and a reason without the path itself", () => {
    expect(() => normalisePath("/secret/%2f")).toThrow(
      expect.objectContaining({ status: 400, message: "Cannot read the path of the request: it has an encoded slash" }),
    );
  });

  it("decodes once only", () => {
    expect(normalisePath("/%252e%252e/%25%32%66")).toBe("/%2e%2e/%2f");
  });

  const piece = fc.constantFrom(
    "/",
    "//",
    ".",
    "..",
    "%2e",
    "%2E%2e",
    "%2f",
    "%5c",
    "\\",
    "%00",
    "%",
    "%25",
    "%c3%a9",
    "é",
    "a",
    "B",
    "?",
    "*",
    " ",
    "http://h",
    ":",
    "\u0085",
    "\n",
  );
  const target = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join("")}`),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    fc.string({ unit: "binary" }),
  );

  it("gives a path below the root without anything ambiguous, or a 400, for any target", () => {
    fc.assert(
      fc.property(target, (text) => {
        const path = pathOrUndefined(text);
        if (path === undefined) return;
        expect(path).toMatch(/^\//);
        expect(path).not.toMatch(/\/\/|\\|[\u0000-\u001f\u007f-\u009f]/);
        expect(path.split("/")).not.toContain(".");
        expect(path.split("/")).not.toContain("..");
      }),
      { numRuns: 3000 },
    );
  });

  it("gives the same path again for the path it gave", () => {
    fc.assert(
      fc.property(target, (text) => {
        const path = pathOrUndefined(text);
        if (path === undefined || !path.isWellFormed()) return;
        expect(normalisePath(path.split("/").map(encodeURIComponent).join("/"))).toBe(path);
      }),
      { numRuns: 3000 },
    );
  });

  it("agrees with the URL standard wherever no segment is empty", () => {
    const segment = fc.constantFrom(".", "..", "%2e", ".%2E", "a", "b.c", "%20", "%c3%a9");
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
        const text = `/${segments.join("/")}`;
        const path = pathOrUndefined(text);
        if (path === undefined) return;
        expect(path).toBe(decodeURIComponent(new URL(`http://h${text}`).pathname));
      }),
      { numRuns: 3000 },
    );
  });
});

describe("queryOf", () => {
  it.each([
    ["/a", ""],
    ["/a?", ""],
    ["/a?b=c&d", "b=c&d"],
    ["/a?b?c", "b?c"],
    ["http://h/a?%20", "%20"],
  ])("takes what follows the first question mark of %j", (text, query) => {
    expect(queryOf(text)).toBe(query);
  });
});

describe("encodedPath", () => {
  it("keeps the percent-encoding as sent", () => {
    expect(encodedPath("http://h/a%2Fb/../c?d")).toBe("/a%2Fb/../c");
  });
});

function pathOrUndefined(text: string): string | undefined {
  try {
    return normalisePath(text);
  } catch (error) {
    if (isHttpError(error) && error.code === "bad-path" && error.status === 400) return undefined;
    throw error;
  }
}

function codeThrownBy(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return isHttpError(error) ? error.code : String(error);
  }
}
