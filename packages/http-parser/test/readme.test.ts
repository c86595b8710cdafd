import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readmeWithTables } from "../scripts/generate-docs.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

describe("README.md", () => {
  it("has the tables that scripts/generate-docs.ts makes of the source", () => {
    expect(readmeWithTables(readme)).toBe(readme);
  });

  it("cites no obsolete RFC", () => {
    expect(readme).not.toMatch(/RFC (2616|2068|723[0-5])\b/);
  });
});
