import { describe, expect, it } from "vitest";
import { kindOf } from "./entry-kind.ts";

describe("kindOf", () => {
  it.each([
    ["photo.JPG", "image"],
    ["drawing.svg", "image"],
    ["scan.tiff", "other"],
    ["film.mp4", "video"],
    ["song.mp3", "audio"],
    ["paper.pdf", "pdf"],
    ["notes.txt", "text"],
    ["README.md", "text"],
    ["LICENSE", "text"],
    [".gitignore", "text"],
    ["Makefile", "code"],
    ["main.ts", "code"],
    ["data.json", "code"],
    ["app.mjs", "code"],
    ["style.css", "code"],
    ["page.html", "other"],
    ["source.tar.gz", "archive"],
    ["source.zip", "archive"],
    ["letter.docx", "other"],
    ["unknown.qqq", "other"],
  ] as const)("takes %s for %s", (name, kind) => {
    expect(kindOf({ name, type: "file" })).toBe(kind);
  });

  it("takes a directory for a directory, whatever it is called", () => {
    expect(kindOf({ name: "a.png", type: "directory" })).toBe("directory");
  });
});
