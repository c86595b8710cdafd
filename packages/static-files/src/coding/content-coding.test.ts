import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAcceptEncoding } from "./accept-encoding.ts";
import { CONTENT_CODINGS, selectCoding, type CodingOffer } from "./content-coding.ts";

const made = (coding: CodingOffer["coding"]): CodingOffer => ({ coding, ready: false });
const ready = (coding: CodingOffer["coding"]): CodingOffer => ({ coding, ready: true });
const ALL = CONTENT_CODINGS.map(made);

describe("selectCoding", () => {
  it.each([
    [undefined, ALL, "identity"],
    ["", ALL, "identity"],
    ["gzip", ALL, made("gzip")],
    ["gzip, deflate, br, zstd", ALL, made("br")],
    ["gzip, deflate, zstd", ALL, made("zstd")],
    ["gzip, br;q=0.9", ALL, made("gzip")],
    ["*", ALL, made("br")],
    ["*, br;q=0", ALL, made("zstd")],
    ["gzip, identity", ALL, made("gzip")],
    ["gzip;q=0.5, identity", ALL, "identity"],
    ["gzip;q=0", ALL, "identity"],
    ["deflate", ALL, "identity"],
    ["gzip", [], "identity"],
    ["identity;q=0", [], "none"],
    ["identity;q=0", ALL, "none"],
    ["identity;q=0, gzip", ALL, made("gzip")],
    ["*;q=0", ALL, "none"],
    ["gzip, br", [made("br"), ready("gzip")], ready("gzip")],
    ["gzip;q=0.5, br", [made("br"), ready("gzip")], made("br")],
    ["gzip, zstd", [ready("zstd"), ready("gzip")], ready("zstd")],
  ])("%j of %j: %j", (fieldValue, offers, choice) => {
    expect(selectCoding(parseAcceptEncoding(fieldValue), offers)).toEqual(choice);
  });

  it("never chooses what is forbidden, nor less than what could be had", () => {
    const quality = fc.constantFrom("0", "0.001", "0.5", "1");
    const member = fc.tuple(fc.constantFrom("br", "zstd", "gzip", "identity", "*"), quality);
    const offers = fc.uniqueArray(fc.constantFrom(...ALL, ...CONTENT_CODINGS.map(ready)), {
      selector: (o) => o.coding,
    });
    fc.assert(
      fc.property(fc.array(member), offers, (members, available) => {
        const accepted = parseAcceptEncoding(members.map(([coding, q]) => `${coding};q=${q}`).join(","));
        const choice = selectCoding(accepted, available);
        const weights = available.map(({ coding }) => accepted.quality(coding));
        const best = Math.max(accepted.identityQuality, ...weights);
        if (choice === "none") expect(best).toBe(0);
        else if (choice === "identity") expect(accepted.identityQuality).toBe(best);
        else expect(accepted.quality(choice.coding)).toBe(best);
        if (choice !== "none") expect(best).toBeGreaterThan(0);
      }),
    );
  });
});
