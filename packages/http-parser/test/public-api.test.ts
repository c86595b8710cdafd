import * as api from "@tinyhttp/http-parser";
import { expect, it } from "vitest";

it("exports these names and no others", () => {
  expect(Object.keys(api).sort()).toEqual([
    "CHUNK_END",
    "DEFAULT_LIMITS",
    "EncodedFields",
    "HttpSyntaxError",
    "RequestParser",
    "ResponseParser",
    "chunkHead",
    "encodeFields",
    "explainSyntaxError",
    "isHttpSyntaxError",
    "lastChunk",
    "reasonPhraseOf",
    "requestHead",
    "responseHead",
  ]);
});
