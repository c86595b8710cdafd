import { describe, expect, it } from "vitest";
import { temporarySite } from "../test/temporary-site.ts";
import { parseAcceptEncoding } from "./coding/accept-encoding.ts";
import { negotiateHeld } from "./negotiate-held.ts";
import { resolveOptions } from "./options.ts";
import { Representation } from "./response/representation.ts";
import { Site } from "./site.ts";

const TEXT = "A sentence that compresses well. ".repeat(100);

async function siteAndFile(): Promise<{ site: Site; held: Parameters<typeof negotiateHeld>[1] }> {
  const site = new Site(temporarySite({ "a.txt": TEXT }), resolveOptions({}));
  const found = await site.find("/a.txt");
  if (found.kind !== "held") throw new Error("expected a file in memory");
  return { site, held: found.held };
}

describe("negotiateHeld", () => {
  it("makes a coding once and has it afterwards", async () => {
    const { site, held } = await siteAndFile();
    const accepted = parseAcceptEncoding("gzip");
    const making = negotiateHeld(site, held, accepted);
    expect(making).toBeInstanceOf(Promise);
    const made = await making;
    expect(made).toBeInstanceOf(Representation);
    expect(negotiateHeld(site, held, accepted)).toBe(made);
  });

  it("does not wait behind many others, unless nothing else is acceptable", async () => {
    const { site, held } = await siteAndFile();
    const others = Array.from({ length: 34 }, () => site.compressor.compress(Buffer.from(TEXT), "gzip"));
    expect(negotiateHeld(site, held, parseAcceptEncoding("gzip"))).toBe(held.uncoded);
    const forced = negotiateHeld(site, held, parseAcceptEncoding("gzip, identity;q=0"));
    expect(forced).toBeInstanceOf(Promise);
    expect(await forced).not.toBe(held.uncoded);
    await Promise.all(others);
  });

  it("counts what it made in the cache", async () => {
    const { site, held } = await siteAndFile();
    const before = site.cache?.sizeBytes ?? 0;
    const made = await negotiateHeld(site, held, parseAcceptEncoding("br"));
    if (made === "none") throw new Error("expected a representation");
    expect(site.cache?.sizeBytes).toBeGreaterThanOrEqual(before + made.length);
  });

  it("has nothing for who accepts nothing", async () => {
    const { site, held } = await siteAndFile();
    expect(negotiateHeld(site, held, parseAcceptEncoding("*;q=0"))).toBe("none");
  });
});
