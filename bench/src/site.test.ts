import { describe, expect, it } from "vitest";
import { fileContent } from "./site.ts";

describe("fileContent", () => {
  it("is printable and the same each time", () => {
    const content = fileContent(1024);
    expect(content).toEqual(fileContent(1024));
    expect(content.every((byte) => byte >= 0x40 && byte < 0x80)).toBe(true);
  });
  it("does not repeat from one read buffer to the next", () => {
    const content = fileContent(4 * 65_536);
    const block = (index: number): string =>
      Buffer.from(content.subarray(index * 65_536, (index + 1) * 65_536)).toString();
    expect(new Set([block(0), block(1), block(2), block(3)]).size).toBe(4);
  });
});
