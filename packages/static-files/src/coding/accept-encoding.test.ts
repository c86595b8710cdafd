import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAcceptEncoding } from "./accept-encoding.ts";

describe("parseAcceptEncoding", () => {
  it.each([
    ["gzip", "gzip", 1],
    ["gzip;q=0.5", "gzip", 0.5],
    ["gzip ; Q=0.123", "gzip", 0.123],
    ["GZIP", "gzip", 1],
    ["x-gzip", "gzip", 1],
    ["gzip;q=0", "gzip", 0],
    ["br", "gzip", 0],
    ["*", "gzip", 1],
    ["*;q=0.3, br", "gzip", 0.3],
    ["*, gzip;q=0", "gzip", 0],
    ["", "gzip", 0],
    ["gzip;q=1.5", "gzip", 0],
    ["gzip;q=0.1234", "gzip", 0],
    ["gzip;q=-1", "gzip", 0],
    ["gzip;level=9", "gzip", 0],
    ["gz ip, br", "br", 1],
    ["notgzip", "gzip", 0],
  ])("%j: weighs %s as %d (RFC 9110 §12.5.3)", (fieldValue, coding, quality) => {
    expect(parseAcceptEncoding(fieldValue).quality(coding)).toBe(quality);
  });

  it.each([
    ["identity;q=0", 0],
    ["*;q=0", 0],
    ["*;q=0, identity;q=0.5", 0.5],
    ["gzip, identity;q=0, *", 0],
    ["identity", 1],
  ])("%j: weighs no coding as %d", (fieldValue, quality) => {
    expect(parseAcceptEncoding(fieldValue).identityQuality).toBe(quality);
  });

  it.each([[undefined], [""], ["gzip"], ["gzip;q=0"], ["gzip;q=0.001"], ["*"]])(
    "%j: accepts no coding, below every weight that can be sent",
    (fieldValue) => {
      const { identityQuality } = parseAcceptEncoding(fieldValue);
      expect(identityQuality).toBeGreaterThan(0);
      expect(identityQuality).toBeLessThan(0.001);
    },
  );

  it("reads any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const quality = parseAcceptEncoding(text).quality("gzip");
        expect(quality >= 0 && quality <= 1).toBe(true);
      }),
    );
  });
});
