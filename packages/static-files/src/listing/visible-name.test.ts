import { describe, expect, it } from "vitest";
import { visibleName } from "./visible-name.ts";

describe("visibleName", () => {
  it.each([
    ["plain name.txt", "plain name.txt"],
    ["Straße nach Süden", "Straße nach Süden"],
    ["👨\u200d👩\u200d👧.png", "👨\u200d👩\u200d👧.png"],
    ["می\u200cخواهم", "می\u200cخواهم"],
    ["new\nline", "new‹U+000A›line"],
    ["\u001b[31mred", "‹U+001B›[31mred"],
    ["\u0000\u007f\u0085", "‹U+0000›‹U+007F›‹U+0085›"],
    ["evil\u202etxt.exe", "evil‹U+202E›txt.exe"],
    ["\u2066a\u2069", "‹U+2066›a‹U+2069›"],
    ["\u200fa\u061c", "‹U+200F›a‹U+061C›"],
    ["zero\u200bwidth\ufeff", "zero‹U+200B›width‹U+FEFF›"],
    ["two\u2028lines", "two‹U+2028›lines"],
    ["half\ud83d", "half‹U+D83D›"],
    ["\udc00half", "‹U+DC00›half"],
  ])("shows %j as %j", (name, expected) => {
    expect(visibleName(name)).toBe(expected);
  });
});
