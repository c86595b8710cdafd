// Invariant: what responseHead writes is one head that the parser reads back; all else is a TypeError or a RangeError.
import assert from "node:assert/strict";
import { encodeFields, responseHead, ResponseParser } from "../src/index.ts";

/** Input is status, reason phrase, a field's name and value, framing and a protocol, separated by NUL. */
export function fuzz(input: Buffer): void {
  const [status = "", reasonPhrase, name = "A", value = "", framing, upgrade] = input.toString("latin1").split("\0");
  let head: string;
  try {
    head = responseHead({
      status: Number(status),
      reasonPhrase,
      fields: encodeFields([[name, value]]),
      framing: framingOf(framing),
      upgrade,
    });
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return;
    throw error;
  }
  const parser = new ResponseParser({
    limits: { maxFieldLineBytes: 65_536, maxStatusLineBytes: 65_536, maxFieldSectionBytes: 65_536 },
  });
  parser.expect("GET");
  parser.feed(Buffer.from(head, "latin1"));
  assert.equal(parser.next(), "head");
  assert.equal(parser.unread().length, 0);
  assert.equal(parser.head.status, Number(status));
  if (reasonPhrase !== undefined) assert.equal(parser.head.reasonPhrase, reasonPhrase);
}

function framingOf(text: string | undefined): number | "chunked" | "until-close" | undefined {
  if (text === "chunked" || text === "until-close") return text;
  return text === undefined ? undefined : Number(text);
}
