import { describe, expect, it } from "vitest";
import { chooseLogFormat, chooseLogTarget } from "./access-log.ts";
import { STDERR, STDOUT } from "./terminal.ts";

function onTerminal(): boolean {
  return true;
}

function elsewhere(): boolean {
  return false;
}

describe("chooseLogTarget", () => {
  it("is standard error on a terminal, and nothing elsewhere", () => {
    expect(chooseLogTarget({ "access-log": undefined, quiet: false }, onTerminal)).toEqual({ fd: STDERR });
    expect(chooseLogTarget({ "access-log": undefined, quiet: false }, elsewhere)).toBeUndefined();
  });

  it("is nothing when quiet, unless it is asked for", () => {
    expect(chooseLogTarget({ "access-log": undefined, quiet: true }, onTerminal)).toBeUndefined();
    expect(chooseLogTarget({ "access-log": "x.log", quiet: true }, onTerminal)).toEqual({ path: "x.log" });
  });

  it("is standard output for -", () => {
    expect(chooseLogTarget({ "access-log": "-", quiet: false }, elsewhere)).toEqual({ fd: STDOUT });
  });
});

describe("chooseLogFormat", () => {
  it("is pretty for eyes and combined for programs, unless it is asked for", () => {
    expect(chooseLogFormat(undefined, true)).toBe("pretty");
    expect(chooseLogFormat(undefined, false)).toBe("combined");
    expect(chooseLogFormat("json", true)).toBe("json");
  });
});
