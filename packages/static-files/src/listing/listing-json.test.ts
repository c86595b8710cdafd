import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntryDetails } from "./entry.ts";
import { ListingJson } from "./listing-json.ts";

const MODIFIED = Date.parse("2026-11-21T02:25:00Z");

function file(name: string): EntryDetails {
  return { name, rawName: undefined, type: "file", size: 12, modifiedMs: MODIFIED };
}

function write(path: string, pieces: EntryDetails[][], truncated = false): string {
  const json = new ListingJson(path);
  return json.begin() + pieces.map((piece) => json.entries(piece)).join("") + json.end(truncated);
}

describe("ListingJson", () => {
  it("gives path, entries and whether there are more", () => {
    const folder: EntryDetails = { ...file("d"), type: "directory", size: 0 };
    expect(JSON.parse(write("/x/", [[folder], [file("a")]], true))).toEqual({
      path: "/x/",
      entries: [
        { name: "d", type: "directory", size: null, modified: "2026-11-21T02:25:00.000Z" },
        { name: "a", type: "file", size: 12, modified: "2026-11-21T02:25:00.000Z" },
      ],
      truncated: true,
    });
  });

  it("is valid for an empty directory", () => {
    expect(JSON.parse(write("/", []))).toEqual({ path: "/", entries: [], truncated: false });
  });

  it("gives every name back as it was, and nothing that a terminal would obey", () => {
    const unit = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom('"', "\\", "\u001b[31m", "\u202e", "\u009b"));
    fc.assert(
      fc.property(fc.array(unit), (parts) => {
        const name = parts.join("");
        const text = write(name, [[file(name)]]);
        expect(JSON.parse(text)).toMatchObject({ path: name, entries: [{ name }] });
        expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 500 },
    );
  });
});
