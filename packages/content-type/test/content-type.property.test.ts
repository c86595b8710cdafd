import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  contentTypeOf,
  formatContentType,
  isCompressible,
  isContentTypeSyntaxError,
  parseContentType,
  sniffContentType,
} from "@tinyhttp/content-type";

const LOWER_TCHARS = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz";
const token = fc.string({ unit: fc.constantFrom(...LOWER_TCHARS.split("")), minLength: 1, maxLength: 12 });
const quotable = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 20,
});
const mediaType = fc.record({
  type: token,
  subtype: token,
  parameters: fc.array(fc.tuple(token, fc.oneof(token, quotable))).map((pairs) => new Map(pairs)),
});
// Characters that stand at the joints of the grammar, so that random text comes near it.
const nearGrammar = fc.string({ unit: fc.constantFrom(...'ab/;="\\ \t\r\n\0\xe9,()'.split("")), maxLength: 24 });

describe("parseContentType and formatContentType", () => {
  it("round trip: parse(format(v)) equals v", () => {
    fc.assert(
      fc.property(mediaType, (value) => {
        expect(parseContentType(formatContentType(value))).toEqual(value);
      }),
    );
  });

  it("total: any text is read or refused with ContentTypeSyntaxError, its offset inside the text", () => {
    fc.assert(
      fc.property(fc.oneof(nearGrammar, fc.string({ unit: "binary" })), (text) => {
        try {
          const value = parseContentType(text);
          expect(formatContentType(parseContentType(formatContentType(value)))).toBe(formatContentType(value));
        } catch (error) {
          expect(isContentTypeSyntaxError(error) && error.offset >= 0 && error.offset <= text.length).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("contentTypeOf", () => {
  it("total: any path has no type or a parseable one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (front, extension) => {
        const contentType = contentTypeOf(`${front}.${extension}`);
        expect(contentType === undefined || parseContentType(contentType).subtype !== "").toBe(true);
      }),
    );
  });
});

describe("sniffContentType", () => {
  it("agrees with the platform's strict UTF-8 decoder on bytes without control characters", () => {
    const bytes = fc.uint8Array({ min: 0x20, maxLength: 8 });
    fc.assert(
      fc.property(bytes, (sample) => {
        // A final newline completes the text: nothing is forgiven as cut off.
        const whole = Uint8Array.of(...sample, 0x0a);
        fc.pre(!(whole[0] === 0xfe && whole[1] === 0xff) && !(whole[0] === 0xff && whole[1] === 0xfe));
        expect(sniffContentType(whole).startsWith("text/")).toBe(decodes(whole));
      }),
      { numRuns: 5000 },
    );
  });

  it("takes every cut of well-formed text for text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.nat(), (text, cut) => {
        const bytes = new TextEncoder().encode(text);
        expect(sniffContentType(bytes.subarray(0, cut % (bytes.length + 1)))).toMatch("text/plain");
      }),
    );
  });
});

describe("isCompressible", () => {
  it("does not depend on parameters or case", () => {
    fc.assert(
      fc.property(mediaType, ({ type, subtype, parameters }) => {
        const bare = isCompressible(`${type}/${subtype}`);
        expect(isCompressible(formatContentType({ type, subtype, parameters }).toUpperCase())).toBe(bare);
      }),
    );
  });
});

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
