import { describe, expect, it } from "vitest";
import { formatListingQuery, nameFilter, parseListingQuery } from "./listing-query.ts";

describe("parseListingQuery", () => {
  it.each([
    ["", "name", false],
    ["sort=name&order=desc", "name", true],
    ["sort=size&order=desc", "size", true],
    ["order=asc&sort=time", "time", false],
    ["sort=__proto__&order=up", "name", false],
    ["sort=Size", "name", false],
    ["%", "name", false],
  ])("reads %j as %s, descending %s", (query, key, descending) => {
    expect(parseListingQuery(query).order).toEqual({ key, descending });
  });

  it("reads filter and view", () => {
    expect(parseListingQuery("q=+two%20words+&view=grid")).toMatchObject({ filter: "two words", view: "grid" });
    expect(parseListingQuery("view=3d")).toMatchObject({ filter: "", view: "list" });
  });
});

describe("formatListingQuery", () => {
  it.each(["", "?sort=size&order=asc", "?sort=name&order=desc", "?q=a%26b", "?sort=time&order=desc&q=a+b&view=grid"])(
    "writes %j as it was read",
    (query) => {
      expect(formatListingQuery(parseListingQuery(query.slice(1)))).toBe(query);
    },
  );
});

describe("nameFilter", () => {
  it.each([
    ["read", "README.md", true],
    ["md read", "README.md", true],
    ["reads", "README.md", false],
    ["ÄPFEL", "a\u0308pfel.txt", true],
    ["", "anything", true],
    [".*", "a.txt", false],
  ])("%j finds %j: %s", (filter, name, expected) => {
    expect(nameFilter(filter)(name)).toBe(expected);
  });
});
