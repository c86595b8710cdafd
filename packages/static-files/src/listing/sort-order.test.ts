import { describe, expect, it } from "vitest";
import { parseSortOrder } from "./sort-order.ts";

describe("parseSortOrder", () => {
  it.each([
    ["", "name", false],
    ["sort=name&order=desc", "name", true],
    ["sort=size&order=desc", "size", true],
    ["order=asc&sort=time", "time", false],
    ["sort=__proto__&order=up", "name", false],
    ["sort=Size", "name", false],
    ["%", "name", false],
  ])("reads %j as %s, descending %s", (query, key, descending) => {
    expect(parseSortOrder(query)).toEqual({ key, descending });
  });
});
