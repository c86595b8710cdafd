import { brotliCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bundled } from "./bundle.ts";

/** Bytes, minified and brotli-compressed, of a bundle that exports these names. */
async function sizeOf(names: string): Promise<number> {
  const code = await bundled(`export { ${names} } from "./src/index.ts";`, { minify: true });
  return brotliCompressSync(code).length;
}

describe("the package", () => {
  it("is at most 5 KiB for somebody who reads requests", async () => {
    expect(await sizeOf("RequestParser")).toBeLessThanOrEqual(5 * 1024);
  });

  it("costs what is imported and nothing else", async () => {
    expect(await sizeOf("encodeFields")).toBeLessThan(1024);
    expect(await sizeOf("reasonPhraseOf")).toBeLessThan(800);
    expect(await sizeOf("DEFAULT_LIMITS")).toBeLessThan(300);
  });

  it("imports nothing and names no runtime", async () => {
    const code = await bundled('export * from "./src/index.ts";');
    expect(code).not.toMatch(/^import |\bimport\(|\brequire\(|\bBuffer\.|\bprocess\.|\bDeno\.|\bBun\./m);
  });
});
