import { describe, expect, it } from "vitest";
import { httpParserJs, nativeParser } from "./parser-callbacks.ts";
import { PARSER_INPUTS } from "./parser-inputs.ts";
import type { ParserSubject } from "./parser-subject.ts";
import { TinyhttpSubject } from "./parser-tinyhttp.ts";
import { UndiciSubject } from "./parser-undici.ts";

const subjects = [new TinyhttpSubject(), nativeParser(), httpParserJs(), new UndiciSubject()];

function threeOf(subject: ParserSubject, bytes: Buffer): (string | undefined)[] {
  const out: (string | undefined)[] = [];
  subject.three(bytes, out);
  return out;
}

describe("the compared parsers", () => {
  it.each(PARSER_INPUTS)("read the same of a $name", ({ bytes, messages }) => {
    const [ours, ...others] = subjects;
    expect(ours?.skip(bytes)).toBe(messages);
    for (const other of others) {
      expect(other.skip(bytes)).toBe(messages);
      expect(threeOf(other, bytes)).toEqual(threeOf(ours!, bytes));
      expect(other.everything(bytes)).toEqual(ours?.everything(bytes));
      expect(other.content(bytes)).toBe(ours?.content(bytes));
    }
  });
});
