import { describe, expect, it } from "vitest";
import { closestName } from "./suggestion.ts";

describe("closestName", () => {
  const known = ["port", "host", "open", "listing", "follow-symlinks", "cors"];

  it.each([
    ["prot", "port"],
    ["pot", "port"],
    ["ports", "port"],
    ["hosst", "host"],
    ["folow-symlink", "follow-symlinks"],
    ["lsiting", "listing"],
    ["crs", "cors"],
  ])("takes %j for %j", (typed, meant) => {
    expect(closestName(typed, known)).toBe(meant);
  });

  it.each([["xyz"], ["threads"], [""], ["a"]])("has nothing near %j", (typed) => {
    expect(closestName(typed, known)).toBeUndefined();
  });
});
