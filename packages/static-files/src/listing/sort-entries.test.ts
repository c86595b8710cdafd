import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntryDetails } from "./entry.ts";
import { byDetails, byName, compareNames, sortInSlices } from "./sort-entries.ts";

const { signal } = new AbortController();

function details(name: string, type: EntryDetails["type"], size: number, modifiedMs: number): EntryDetails {
  return { name, rawName: undefined, type, size, modifiedMs };
}

describe("compareNames", () => {
  it("counts as people do and ignores case first", () => {
    const names = ["photo 10", "Zebra", "photo 2", "apple", "Äpfel", "photo 2.5", "B"];
    expect(names.sort(compareNames)).toEqual(["Äpfel", "apple", "B", "photo 2", "photo 2.5", "photo 10", "Zebra"]);
  });

  it("orders names that look the same in one way only", () => {
    const composed = "\u00e9";
    const decomposed = "e\u0301";
    expect(compareNames(decomposed, composed)).toBe(-1);
    expect(compareNames(composed, decomposed)).toBe(1);
    expect(compareNames(composed, composed)).toBe(0);
  });
});

describe("byName", () => {
  it("keeps directories first in both directions", () => {
    const entries = [details("b", "file", 0, 0), details("a", "file", 0, 0), details("z", "directory", 0, 0)];
    const names = (descending: boolean) =>
      entries.toSorted(byName({ key: "name", descending })).map((entry) => entry.name);
    expect(names(false)).toEqual(["z", "a", "b"]);
    expect(names(true)).toEqual(["z", "b", "a"]);
  });
});

describe("byDetails", () => {
  const entries = [
    details("small", "file", 1, 30),
    details("large", "file", 9, 10),
    details("also small", "file", 1, 20),
    details("folder", "directory", 0, 5),
  ];

  it.each([
    ["size", false, ["folder", "also small", "small", "large"]],
    ["size", true, ["folder", "large", "also small", "small"]],
    ["time", false, ["folder", "large", "also small", "small"]],
    ["time", true, ["folder", "small", "also small", "large"]],
  ] as const)("orders by %s, descending %s", (key, descending, expected) => {
    expect(entries.toSorted(byDetails({ key, descending })).map((entry) => entry.name)).toEqual(expected);
  });
});

describe("sortInSlices", () => {
  it.each([0, 1, 1023, 1024, 1025, 2048, 3000, 5000])("sorts %d items", async (length) => {
    const items = Array.from({ length }, (_, index) => (index * 7919) % 5003);
    const expected = items.toSorted((a, b) => a - b);
    expect(await sortInSlices(items, (a, b) => a - b, signal)).toEqual(expected);
  });

  it("sorts stably, whatever the items", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { minLength: 1500, maxLength: 4000 }), async (keys) => {
        const items = keys.map((key, index) => ({ key, index }));
        const expected = items.toSorted((a, b) => a.key - b.key);
        expect(await sortInSlices(items, (a, b) => a.key - b.key, signal)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it("lets the event loop turn", async () => {
    let turns = 0;
    const counter = setInterval(() => (turns += 1), 0);
    await sortInSlices(
      Array.from({ length: 20_000 }, (_, index) => `name ${index}`),
      compareNames,
      signal,
    );
    clearInterval(counter);
    expect(turns).toBeGreaterThan(3);
  });

  it("ends when the client has gone", async () => {
    const items = Array.from({ length: 3000 }, (_, index) => index);
    await expect(sortInSlices(items, (a, b) => a - b, AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
  });
});
