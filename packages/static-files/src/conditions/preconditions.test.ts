import { describe, expect, it } from "vitest";
import { fakeRequest } from "../../test/fake-request.ts";
import { evaluatePreconditions, isConditional, isRangeApplicable } from "./preconditions.ts";

const NOW = Date.UTC(2026, 10, 21);
const MODIFIED = "Sun, 06 Nov 1994 08:49:37 GMT";
const BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";
const AFTER = "Sun, 06 Nov 1994 08:49:38 GMT";
const CURRENT = { entityTag: { weak: false, opaque: "now" }, lastModifiedMs: 784_111_777_000 };
const WEAK = { ...CURRENT, entityTag: { weak: true, opaque: "now" } };

function outcome(headers: Record<string, string>, current: typeof CURRENT = CURRENT): string {
  return evaluatePreconditions(fakeRequest("/", { headers }).headers, current, () => NOW);
}

describe("evaluatePreconditions", () => {
  it.each([
    [{}, "proceed"],
    [{ "If-Match": "*" }, "proceed"],
    [{ "If-Match": '"now"' }, "proceed"],
    [{ "If-Match": '"old", "now"' }, "proceed"],
    [{ "If-Match": '"old"' }, "failed"],
    [{ "If-Match": 'W/"now"' }, "failed"],
    [{ "If-Match": "now" }, "failed"],
    [{ "If-Match": "" }, "failed"],
    [{ "If-None-Match": "*" }, "not-modified"],
    [{ "If-None-Match": '"now"' }, "not-modified"],
    [{ "If-None-Match": 'W/"now"' }, "not-modified"],
    [{ "If-None-Match": '"a,b", "now"' }, "not-modified"],
    [{ "If-None-Match": '"old"' }, "proceed"],
    [{ "If-None-Match": "now" }, "proceed"],
    [{ "If-Modified-Since": MODIFIED }, "not-modified"],
    [{ "If-Modified-Since": AFTER }, "not-modified"],
    [{ "If-Modified-Since": BEFORE }, "proceed"],
    [{ "If-Modified-Since": "Sunday, 06-Nov-94 08:49:37 GMT" }, "not-modified"],
    [{ "If-Modified-Since": "Sun Nov  6 08:49:37 1994" }, "not-modified"],
    [{ "If-Modified-Since": "not a date" }, "proceed"],
    [{ "If-Unmodified-Since": MODIFIED }, "proceed"],
    [{ "If-Unmodified-Since": AFTER }, "proceed"],
    [{ "If-Unmodified-Since": BEFORE }, "failed"],
    [{ "If-Unmodified-Since": "not a date" }, "proceed"],
  ])("%j: %s (RFC 9110 §13.1)", (headers, expected) => {
    expect(outcome(headers)).toBe(expected);
  });

  it.each([
    ["If-Match over If-Unmodified-Since", { "If-Match": '"now"', "If-Unmodified-Since": BEFORE }, "proceed"],
    ["If-None-Match over If-Modified-Since", { "If-None-Match": '"old"', "If-Modified-Since": AFTER }, "proceed"],
    ["If-Match before If-None-Match", { "If-Match": '"old"', "If-None-Match": '"now"' }, "failed"],
    ["If-None-Match after a true If-Match", { "If-Match": '"now"', "If-None-Match": '"now"' }, "not-modified"],
    ["If-Unmodified-Since before If-None-Match", { "If-Unmodified-Since": BEFORE, "If-None-Match": "*" }, "failed"],
    ["If-Modified-Since after a true If-Match", { "If-Match": "*", "If-Modified-Since": MODIFIED }, "not-modified"],
  ])("takes %s (RFC 9110 §13.2.2)", (_, headers, expected) => {
    expect(outcome(headers)).toBe(expected);
  });

  it("never matches a weak tag strongly", () => {
    expect(outcome({ "If-Match": 'W/"now"' }, WEAK)).toBe("failed");
    expect(outcome({ "If-Match": '"now"' }, WEAK)).toBe("failed");
    expect(outcome({ "If-None-Match": '"now"' }, WEAK)).toBe("not-modified");
  });
});

describe("isConditional", () => {
  it("knows every field that is evaluated", () => {
    for (const name of ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"]) {
      expect(isConditional(fakeRequest("/", { headers: { [name]: "x" } }).headers)).toBe(true);
    }
    expect(isConditional(fakeRequest("/", { headers: { Range: "bytes=0-", "If-Range": "x" } }).headers)).toBe(false);
  });
});

describe("isRangeApplicable", () => {
  it.each([
    [undefined, CURRENT, true],
    ['"now"', CURRENT, true],
    ['"old"', CURRENT, false],
    ['W/"now"', CURRENT, false],
    ['"now", "old"', CURRENT, false],
    ["*", CURRENT, false],
    [MODIFIED, CURRENT, true],
    [AFTER, CURRENT, false],
    [BEFORE, CURRENT, false],
    ["not a date", CURRENT, false],
    ['"now"', WEAK, false],
    ['W/"now"', WEAK, false],
    [MODIFIED, WEAK, false],
  ])("If-Range: %s with %j: %s (RFC 9110 §13.1.5)", (value, current, expected) => {
    const headers = fakeRequest("/", { headers: value === undefined ? {} : { "If-Range": value } }).headers;
    expect(isRangeApplicable(headers, current, () => NOW)).toBe(expected);
  });
});
