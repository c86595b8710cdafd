import { describe, expect, it } from "vitest";
import { resolveOptions, type StaticFilesOptions } from "../options.ts";
import { fieldsIn, FieldPolicy, notModifiedFields, type ContentFacts } from "./response-fields.ts";

const FACTS: ContentFacts = {
  path: "/a.html",
  contentType: "text/html; charset=utf-8",
  contentCoding: undefined,
  isNegotiated: false,
  entityTag: { weak: false, opaque: "x" },
  lastModifiedMs: 784_111_777_000,
};

function fieldsFor(options: StaticFilesOptions, facts: Partial<ContentFacts> = {}): Record<string, string> {
  const fields = new FieldPolicy(resolveOptions(options)).forContent({ ...FACTS, ...facts });
  return Object.fromEntries(new Headers(fields.map(([name, value]) => [name, value])));
}

function cacheControl(path: string): string | undefined {
  return path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : undefined;
}

describe("FieldPolicy", () => {
  it("describes content", () => {
    expect(fieldsFor({})).toEqual({
      "accept-ranges": "bytes",
      "cache-control": "no-cache",
      "content-type": "text/html; charset=utf-8",
      etag: '"x"',
      "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT",
      "x-content-type-options": "nosniff",
    });
  });

  it("names what was negotiated", () => {
    expect(fieldsFor({}, { isNegotiated: true })).toMatchObject({ vary: "Accept-Encoding" });
    expect(fieldsFor({}, { isNegotiated: true, contentCoding: "br" })).toMatchObject({ "content-encoding": "br" });
    expect(fieldsFor({ cors: ["https://a.example"], headers: { Vary: "X-A" } }, { isNegotiated: true })).toMatchObject({
      vary: "Accept-Encoding, Origin, X-A",
    });
    expect(fieldsFor({ spa: "/a.html" })).toMatchObject({ vary: "Accept, Sec-Fetch-Mode" });
  });

  it("asks for Cache-Control by path", () => {
    expect(fieldsFor({ cacheControl }, { path: "/assets/a.js" })["cache-control"]).toMatch(/immutable/);
    expect(fieldsFor({ cacheControl })).not.toHaveProperty("cache-control");
    expect(fieldsFor({ cacheControl: "no-store" })["cache-control"]).toBe("no-store");
  });

  it("adds the operator's fields, in place of its own", () => {
    const headers = { "cache-control": "max-age=5", "X-A": ["1", "2"], "x-content-type-options": "other" };
    expect(fieldsFor({ headers })).toMatchObject({
      "cache-control": "max-age=5",
      "x-a": "1, 2",
      "x-content-type-options": "other",
    });
  });

  it("lets all origins read when told to", () => {
    expect(fieldsFor({ cors: true })).toMatchObject({ "access-control-allow-origin": "*" });
  });

  it.each([["text/html; charset=utf-8"], ["image/svg+xml"], ["application/xhtml+xml"], ["text/xml"], ["text/plain"]])(
    "shows untrusted %s in a sandbox",
    (contentType) => {
      const fields = fieldsFor({ untrusted: true }, { contentType });
      expect(fields["content-security-policy"]).toMatch(/^sandbox; default-src 'none';/);
      expect(fields).not.toHaveProperty("content-disposition");
    },
  );

  it("keeps the sandbox beside a policy of the operator's", () => {
    const headers = { "Content-Security-Policy": "default-src *" };
    expect(fieldsFor({ untrusted: true, headers })["content-security-policy"]).toMatch(/^sandbox;.*, default-src \*$/);
  });

  it("leaves PDF, which browsers do not show in a sandbox, as it is", () => {
    expect(fieldsFor({ untrusted: true }, { contentType: "application/pdf" })).not.toHaveProperty(
      "content-security-policy",
    );
  });

  it.each([
    ["text/html", true],
    ["image/svg+xml; charset=utf-8", true],
    ["application/xml", true],
    ["application/atom+xml", true],
    ["text/plain; charset=utf-8", false],
    ["image/png", false],
    ["application/octet-stream", false],
    ["application/vnd.xmlish", false],
  ])("has untrusted %s saved where that is asked for: %s", (contentType, isSaved) => {
    const fields = fieldsFor({ untrusted: "download" }, { contentType });
    expect(fields["content-disposition"]).toBe(isSaved ? "attachment" : undefined);
  });
});

describe("notModifiedFields", () => {
  it("keeps what a cache needs (RFC 9110 §15.4.5)", () => {
    const policy = new FieldPolicy(resolveOptions({ headers: { "X-A": "1" }, cors: true }));
    const fields = notModifiedFields(policy.forContent({ ...FACTS, isNegotiated: true, contentCoding: "gzip" }));
    expect(fields.map(([name]) => name)).toEqual([
      "ETag",
      "Cache-Control",
      "X-Content-Type-Options",
      "Access-Control-Allow-Origin",
      "Access-Control-Expose-Headers",
      "Vary",
      "X-A",
    ]);
  });
});

describe("FieldPolicy for errors", () => {
  const policy = new FieldPolicy(resolveOptions({ cacheControl: "max-age=99", untrusted: true }));

  it("describes a page without validators, and keeps it from being stored as a file", () => {
    const fields = Object.fromEntries(policy.forErrorPage({ ...FACTS, isNegotiated: true }));
    expect(Object.keys(fields).sort()).toEqual([
      "Cache-Control",
      "Content-Security-Policy",
      "Content-Type",
      "Vary",
      "X-Content-Type-Options",
    ]);
    expect(fields["Cache-Control"]).toBe("no-cache");
  });

  it("names the version that there is", () => {
    const fields = policy.forErrorAbout(FACTS, [["Content-Range", "bytes */5"]]);
    expect(fields.map(([name]) => name)).toEqual(["Content-Range", "ETag", "X-Content-Type-Options"]);
  });
});

describe("fieldsIn", () => {
  it("reads records, pairs and nothing", () => {
    expect(fieldsIn({ A: "1", B: ["2", "3"] })).toEqual([
      ["A", "1"],
      ["B", "2"],
      ["B", "3"],
    ]);
    expect(fieldsIn(new Map([["A", "1"]]))).toEqual([["A", "1"]]);
    expect(fieldsIn(undefined)).toEqual([]);
  });
});
