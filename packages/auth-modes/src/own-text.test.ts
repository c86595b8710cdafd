import { describe, expect, it } from "vitest";
import { ownText } from "./own-text.ts";

describe("ownText", () => {
  it("is the same text, whatever bytes a field value may hold", () => {
    const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("");
    expect(ownText(bytes)).toBe(bytes);
  });
});
