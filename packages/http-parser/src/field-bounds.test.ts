import { expect, it } from "vitest";
import { CONTENT_TAGS, HOST_TAG } from "./field-bounds.ts";
import { tagOf } from "./field-table.ts";

it("knows the tags of the fields that every request is asked for", () => {
  expect(HOST_TAG).toBe(tagOf("Host"));
  const bits = ["content-length", "transfer-encoding", "expect"].map((name) => 1 << (tagOf(name) >> 16));
  expect(CONTENT_TAGS).toBe(bits.reduce((all, bit) => all | bit, 0));
});
