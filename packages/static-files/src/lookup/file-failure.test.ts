import { describe, expect, it } from "vitest";
import { fileFailureOf } from "./file-failure.ts";

describe("fileFailureOf", () => {
  it.each([
    ["ENOENT", "absent"],
    ["EACCES", "absent"],
    ["EPERM", "absent"],
    ["ELOOP", "absent"],
    ["ENAMETOOLONG", "absent"],
    ["ENOTDIR", "absent"],
    ["ENXIO", "absent"],
    ["EMFILE", "busy"],
    ["ENFILE", "busy"],
    ["ENOMEM", "busy"],
    ["EIO", "broken"],
    ["ESTALE", "broken"],
  ])("takes %s for %s", (code, failure) => {
    expect(fileFailureOf(Object.assign(new Error(code), { code }))).toBe(failure);
  });

  it("takes everything else for broken", () => {
    expect(fileFailureOf(new Error("x"))).toBe("broken");
    expect(fileFailureOf("ENOENT")).toBe("broken");
    expect(fileFailureOf(undefined)).toBe("broken");
  });
});
