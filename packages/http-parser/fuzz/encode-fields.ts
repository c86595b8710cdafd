// Invariant: what encodeFields accepts, the parser reads back as the same names and values; all else is a TypeError.
import assert from "node:assert/strict";
import { type EncodedFields, encodeFields, HttpSyntaxError, ResponseParser } from "../src/index.ts";

const LIMITS = { maxFieldCount: 65_536, maxFieldLineBytes: 65_536, maxFieldSectionBytes: 65_536 };

/** Input is `name=value`, separated by two NULs. */
export function fuzz(input: Buffer): void {
  const pairs = input.toString("latin1").split("\0\0").map(pairOf);
  const fields = encoded(pairs);
  if (fields === undefined) return;
  const parser = new ResponseParser({ limits: LIMITS });
  parser.expect("HEAD");
  try {
    parser.feed(Buffer.from(`HTTP/1.1 200 \r\n${fields.fieldLines}\r\n`, "latin1"));
    assert.equal(parser.next(), "head");
  } catch (error) {
    // Nothing but a limit may be in the way.
    if (error instanceof HttpSyntaxError && error.status === 431) return;
    throw error;
  }
  assert.deepEqual(
    [...parser.head.fields],
    [...fields].filter(([name]) => name !== "Content-Length"),
  );
}

function pairOf(text: string): [string, string] {
  const equals = text.indexOf("=");
  return equals < 0 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
}

function encoded(pairs: [string, string][]): EncodedFields | undefined {
  try {
    return encodeFields(pairs);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
