import { describe, expect, it } from "vitest";
import { formatTable } from "./table.ts";

describe("formatTable", () => {
  it("pads each column to its widest cell and aligns numbers to the right", () => {
    const table = formatTable(
      [
        { title: "server", align: "left" },
        { title: "rate", align: "right" },
      ],
      [
        ["a", "1"],
        ["longer-name", "12345"],
      ],
    );
    expect(table.split("\n")).toEqual([
      "| server      |  rate |",
      "| ----------- | ----: |",
      "| a           |     1 |",
      "| longer-name | 12345 |",
    ]);
  });
  it("escapes what would end a cell", () => {
    expect(formatTable([{ title: "name", align: "left" }], [["a|b"]])).toContain("| a\\|b |");
  });
});
