import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { withOptionsTable } from "../scripts/readme-options.ts";

describe("README.md", () => {
  it("has the options of this program", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    expect(readme).toBe(withOptionsTable(readme));
  });
});
