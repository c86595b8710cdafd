import { describe, expect, it } from "vitest";
import { readCorpus } from "../fuzz/corpus.ts";
import { fuzz as encodeFields } from "../fuzz/encode-fields.ts";
import { fuzz as requestHead } from "../fuzz/request-head.ts";
import { fuzz as requestParser } from "../fuzz/request-parser.ts";
import { fuzz as responseHead } from "../fuzz/response-head.ts";
import { fuzz as responseParser } from "../fuzz/response-parser.ts";

describe("the fuzz corpus", () => {
  it.each([
    ["encode-fields", encodeFields],
    ["request-head", requestHead],
    ["request-parser", requestParser],
    ["response-head", responseHead],
    ["response-parser", responseParser],
  ])("breaks no invariant of %s", (target, fuzz) => {
    const inputs = readCorpus(target);
    expect(inputs.length).toBeGreaterThan(10);
    for (const input of inputs) fuzz(input);
  });
});
