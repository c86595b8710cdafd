import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { manPage } from "../scripts/man-page.ts";
import { COMMANDS } from "../src/commands.ts";
import { optionEntries } from "../src/options.ts";

const page = readFileSync(new URL("../man/tinyhttp.1", import.meta.url), "utf8");

describe("man/tinyhttp.1", () => {
  it("is what scripts/man-page.ts writes", () => {
    expect(page).toBe(manPage());
  });

  it("has every command and option", () => {
    for (const name of Object.keys(COMMANDS)) expect(page).toContain(`\n.B ${name}\n`);
    for (const [name, { isPositional }] of optionEntries()) {
      const shown = `-${name}`.replaceAll("-", String.raw`\-`);
      if (isPositional !== true) expect(page).toContain(shown);
    }
  });

  it("has no line that man(7) would take for an instruction it does not know", () => {
    const instructions = page.match(/^[.'].*$/gm) ?? [];
    expect(instructions.filter((line) => !/^\.(?:\\"|TH|SH|SS|TP|B|I|br)(?: |$)/.test(line))).toEqual([]);
  });
});
