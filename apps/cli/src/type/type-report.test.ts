import { describe, expect, it } from "vitest";
import { typeReport } from "./type-report.ts";
import { typeText } from "./type-text.ts";

const reportOn = (file: string, content: string, precompressed: readonly string[] = []) =>
  typeReport({ file, firstBytes: () => Buffer.from(content, "latin1"), precompressed });

describe("typeReport", () => {
  it("is told by a known extension, without reading", () => {
    const unreadable = { file: "site/Index.HTML", firstBytes: () => expect.unreachable(), precompressed: [] };
    expect(typeReport(unreadable)).toEqual({
      file: "site/Index.HTML",
      contentType: "text/html; charset=utf-8",
      charset: "utf-8",
      toldBy: "extension",
      reason: "its extension is .HTML",
      compressible: true,
      precompressed: [],
    });
  });

  it.each([
    ["Makefile", "all:\n", "text/plain; charset=utf-8", "it has no extension; its first bytes are text"],
    [
      "core.xyz",
      "\0\x01",
      "application/octet-stream",
      ".xyz means nothing, or several things; its first bytes are not text",
    ],
    [
      "main.ts",
      "let a;",
      "text/plain; charset=utf-8",
      ".ts means nothing, or several things; its first bytes are text",
    ],
    [".profile", "PS1=", "text/plain; charset=utf-8", "it has no extension; its first bytes are text"],
  ])("of %s is told by its first bytes", (file, content, contentType, reason) => {
    expect(reportOn(file, content)).toMatchObject({ contentType, toldBy: "content", reason });
  });

  it("says no charset where the format has its own", () => {
    expect(reportOn("a.svg", "")).toMatchObject({
      contentType: "image/svg+xml",
      charset: undefined,
      compressible: true,
    });
  });
});

describe("typeText", () => {
  it("has a line per file, in columns", () => {
    const reports = [reportOn("a.css", ""), reportOn("photo.jpg", ""), reportOn("b.js", "", ["br", "gzip"])];
    expect(typeText(reports).split("\n")).toEqual([
      "a.css      text/css; charset=utf-8         its extension is .css; compressed for those who accept that",
      "photo.jpg  image/jpeg                      its extension is .jpg",
      "b.js       text/javascript; charset=utf-8  its extension is .js; lies there as br, gzip too",
      "",
    ]);
  });

  it("cannot be made to move the cursor by a name", () => {
    expect(typeText([reportOn("\u001b[2J.txt", "")])).toMatch(/^\\x1b\[2J\.txt /);
  });
});
