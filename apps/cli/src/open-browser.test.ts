import { describe, expect, it } from "vitest";
import { browserCommand } from "./open-browser.ts";

describe("browserCommand", () => {
  it.each([
    ["linux", "xdg-open"],
    ["freebsd", "xdg-open"],
    ["darwin", "open"],
    ["win32", "rundll32"],
  ] as const)("on %s is %s with the URL as one last argument", (platform, program) => {
    const command = browserCommand("http://127.0.0.1:6789/?a=b&c", platform);
    expect(command[0]).toBe(program);
    expect(command.at(-1)).toBe("http://127.0.0.1:6789/?a=b&c");
  });
});
