import { describe, expect, it } from "vitest";
import { isServable } from "./path-policy.ts";

describe("isServable", () => {
  it.each([
    ["/", true],
    ["/a.b/c", true],
    ["/a./b..c", true],
    ["/.env", false],
    ["/a/.git/config", false],
    ["/a/..b", false],
    ["/.well-known", true],
    ["/.well-known/", true],
    ["/.well-known/security.txt", true],
    ["/.well-known/.secret", false],
    ["/.well-known/a/.b/c", false],
    ["/.well-knownx", false],
    ["/a/.well-known/b", false],
  ])("%s: %s", (path, expected) => {
    expect(isServable(path, false, "linux")).toBe(expected);
  });

  it("serves dotfiles when told to", () => {
    expect(isServable("/.env", true, "linux")).toBe(true);
  });

  it.each([["/a.txt::$DATA"], ["/C:/a"], ["/GIT~1/config"], ["/a.txt."], ["/a.txt "], ["/a./b"]])(
    "refuses %s on Windows, where it names something else, and nowhere else",
    (path) => {
      expect(isServable(path, true, "win32")).toBe(false);
      expect(isServable(path, true, "linux")).toBe(true);
    },
  );
});
