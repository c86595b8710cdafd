import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { Compressor } from "./compressor.ts";

const TEXT = Buffer.from("some text that repeats itself. ".repeat(200));

describe("Compressor", () => {
  it.each([
    ["br", brotliDecompressSync],
    ["zstd", zstdDecompressSync],
    ["gzip", gunzipSync],
  ] as const)("makes %s that unpacks to what it was", async (coding, unpack) => {
    const coded = await new Compressor().compress(TEXT, coding);
    expect(coded.length).toBeLessThan(TEXT.length / 10);
    expect(unpack(coded).equals(TEXT)).toBe(true);
  });

  it("says when many wait, and finishes them all", async () => {
    const compressor = new Compressor();
    expect(compressor.isBusy).toBe(false);
    const under = Array.from({ length: 34 }, () => compressor.compress(TEXT, "gzip"));
    expect(compressor.isBusy).toBe(true);
    expect((await Promise.all(under)).every((coded) => gunzipSync(coded).equals(TEXT))).toBe(true);
    expect(compressor.isBusy).toBe(false);
    expect(gunzipSync(await compressor.compress(TEXT, "gzip")).equals(TEXT)).toBe(true);
  });
});
