import { describe, expect, it } from "vitest";
import { rotate } from "./comparison.ts";

describe("rotate", () => {
  it("starts each round with the next server and leaves none out", () => {
    expect(rotate(["a", "b", "c"], 0)).toEqual(["a", "b", "c"]);
    expect(rotate(["a", "b", "c"], 1)).toEqual(["b", "c", "a"]);
    expect(rotate(["a", "b", "c"], 5)).toEqual(["c", "a", "b"]);
  });
});
