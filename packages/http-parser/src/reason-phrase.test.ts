import { describe, expect, it } from "vitest";
import { reasonPhraseOf } from "./reason-phrase.ts";

describe("reasonPhraseOf", () => {
  it("gives the phrase of RFC 9110 §15, and an empty one for what has none", () => {
    expect([200, 404, 413, 599].map(reasonPhraseOf)).toEqual(["OK", "Not Found", "Content Too Large", ""]);
  });
});
