import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COALESCED_GAP_BYTES, MAX_RANGES, selectByteRanges, type ByteRange } from "./byte-range.ts";

const partial = (...ranges: [number, number][]): unknown => ({
  kind: "partial",
  ranges: ranges.map(([first, last]) => ({ first, last })),
});
const full = { kind: "full" };
const unsatisfiable = { kind: "unsatisfiable" };

/** One byte each, too far apart to be sent as one. */
function ranges(count: number): string {
  return `bytes=${Array.from({ length: count }, (_, i) => `${i * 200}-${i * 200}`).join(",")}`;
}

describe("selectByteRanges", () => {
  // The examples of RFC 9110 §14.1.2 for 10,000 bytes, and their neighbours.
  it.each([
    ["bytes=0-499", partial([0, 499])],
    ["bytes=500-999", partial([500, 999])],
    ["bytes=-500", partial([9500, 9999])],
    ["bytes=9500-", partial([9500, 9999])],
    ["bytes=0-0,-1", partial([0, 0], [9999, 9999])],
    ["bytes=500-600,601-999", partial([500, 999])],
    ["bytes=500-700,601-999", partial([500, 999])],
    ["bytes=0-", partial([0, 9999])],
    ["bytes=9999-", partial([9999, 9999])],
    ["bytes=9000-99999", partial([9000, 9999])],
    ["bytes=-99999", partial([0, 9999])],
    ["BYTES = 0-1", partial([0, 1])],
    ["bytes=0-0 , 500-500,", partial([0, 0], [500, 500])],
    ["bytes=5-5,99999-", partial([5, 5])],
    ["bytes=0-99999999999999999999999", partial([0, 9999])],
  ])("answers %s in part", (fieldValue, decision) => {
    expect(selectByteRanges(fieldValue, 10_000)).toEqual(decision);
  });

  it.each([["bytes=10000-"], ["bytes=10000-10001,20000-"], ["bytes=-0"], ["bytes=99999999999999999999999-"]])(
    "cannot satisfy %s (RFC 9110 §15.5.17)",
    (fieldValue) => {
      expect(selectByteRanges(fieldValue, 10_000)).toEqual(unsatisfiable);
    },
  );

  it.each([["bytes=0-"], ["bytes=-5"]])("sends all of an empty file for %s", (fieldValue) => {
    expect(selectByteRanges(fieldValue, 0)).toEqual({ kind: "full" });
  });

  it.each([["bytes=1-"], ["bytes=-0"]])("cannot satisfy %s of an empty file", (fieldValue) => {
    expect(selectByteRanges(fieldValue, 0)).toEqual(unsatisfiable);
  });

  it.each([
    ["lines=0-9"],
    ["bytes"],
    ["bytes="],
    ["bytes=,"],
    ["bytes=-"],
    ["bytes=a-b"],
    ["bytes=5-4"],
    ["bytes=0-1,5-4"],
    ["bytes=0-1;2-3"],
    ["bytes=0x0-0x9"],
    ["bytes=1.5-2"],
    ["bytes=+1-2"],
    ["bytes=--1"],
    ["bytes 0-1/2"],
  ])("ignores %s (RFC 9110 §14.2)", (fieldValue) => {
    expect(selectByteRanges(fieldValue, 10_000)).toEqual(full);
  });

  it("keeps the order asked for, where ranges stay apart", () => {
    expect(selectByteRanges("bytes=5000-5001,0-1,5100-5101", 10_000)).toEqual(partial([5000, 5101], [0, 1]));
    expect(selectByteRanges("bytes=5100-5101,0-1,5000-5001", 10_000)).toEqual(partial([5000, 5101], [0, 1]));
    expect(selectByteRanges(`bytes=${COALESCED_GAP_BYTES + 1}-900,0-0`, 10_000)).toEqual(
      partial([COALESCED_GAP_BYTES + 1, 900], [0, 0]),
    );
  });

  it("ignores more ranges than it looks at", () => {
    expect(selectByteRanges(ranges(MAX_RANGES), 10_000)).toMatchObject({ kind: "partial" });
    expect(selectByteRanges(ranges(MAX_RANGES + 1), 10_000)).toEqual(full);
    expect(selectByteRanges(ranges(1000), 1_000_000)).toEqual(full);
  });

  it("sends bytes that exist, once, and all that were asked for", () => {
    const range = fc.tuple(fc.nat(3000), fc.nat(3000)).map(([a, b]): ByteRange => ({ first: a, last: a + b }));
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: MAX_RANGES }), fc.nat(4000), (ranges, length) => {
        const fieldValue = `bytes=${ranges.map(({ first, last }) => `${first}-${last}`).join(",")}`;
        const decision = selectByteRanges(fieldValue, length);
        const sent = decision.kind === "partial" ? decision.ranges : [];
        const counts = new Uint8Array(Math.max(length, 1));
        for (const { first, last } of sent) {
          expect(first).toBeLessThanOrEqual(last);
          expect(last).toBeLessThan(length);
          for (let i = first; i <= last; i += 1) counts[i] = (counts[i] ?? 0) + 1;
        }
        expect(Math.max(...counts)).toBeLessThanOrEqual(1);
        const wanted = ranges.filter(({ first }) => first < length);
        // All that an empty representation has is asked for.
        const isAll = length === 0 && ranges.some(({ first }) => first === 0);
        expect(decision.kind).toBe(isAll ? "full" : wanted.length > 0 ? "partial" : "unsatisfiable");
        for (const { first, last } of wanted) {
          expect(counts.subarray(first, Math.min(last + 1, length)).every((count) => count === 1)).toBe(true);
        }
      }),
    );
  });

  it("decides about any text", () => {
    const text = fc.oneof(
      fc.string(),
      fc.string().map((rest) => `bytes=${rest}`),
    );
    fc.assert(
      fc.property(text, fc.nat(), (fieldValue, length) => {
        expect(["full", "partial", "unsatisfiable"]).toContain(selectByteRanges(fieldValue, length).kind);
      }),
    );
  });
});
