import { describe, expect, it } from "vitest";
import { ratiosOf, spreadOf } from "./statistics.ts";

describe("spreadOf", () => {
  it("takes the middle of an odd count, by value and not by order", () => {
    expect(spreadOf([30, 1, 200])).toEqual({ median: 30, least: 1, most: 200 });
  });
  it("takes the mean of the two in the middle of an even count", () => {
    expect(spreadOf([4, 1, 2, 100])).toEqual({ median: 3, least: 1, most: 100 });
  });
  it("is the value itself for one value", () => {
    expect(spreadOf([7])).toEqual({ median: 7, least: 7, most: 7 });
  });
  it("refuses no values", () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe("ratiosOf", () => {
  it("divides round by round", () => {
    expect(ratiosOf([10, 40, 9], [5, 10, 9])).toEqual([2, 4, 1]);
  });
});
