// Invariant: what requestHead writes is one head that the parser reads back; all else is a TypeError or a RangeError.
import assert from "node:assert/strict";
import { encodeFields, requestHead, RequestParser } from "../src/index.ts";

/** Input is method, target, host, a field's name and value, and framing, separated by NUL. */
export function fuzz(input: Buffer): void {
  const [method = "", target = "", host, name = "A", value = "", framing] = input.toString("latin1").split("\0");
  let head: string;
  try {
    head = requestHead({ method, target, host, fields: encodeFields([[name, value]]), framing: framingOf(framing) });
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return;
    throw error;
  }
  const parser = new RequestParser({
    limits: { maxFieldLineBytes: 65_536, maxRequestLineBytes: 65_536, maxFieldSectionBytes: 65_536 },
  });
  parser.feed(Buffer.from(head, "latin1"));
  assert.equal(parser.next(), "head");
  assert.equal(parser.unread().length, 0);
  assert.deepEqual([parser.head.method, parser.head.target], [method, target]);
}

function framingOf(text: string | undefined): number | "chunked" | "none" {
  if (text === "chunked") return text;
  return text === undefined ? "none" : Number(text);
}
