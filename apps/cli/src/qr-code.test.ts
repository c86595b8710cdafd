import { describe, expect, it } from "vitest";
import { qrCode } from "./qr-code.ts";

describe("qrCode", () => {
  it("draws light modules for a dark terminal, with nothing else in it", () => {
    const lines = qrCode("http://10.0.0.5:6789/", false).split("\n");
    expect(lines).toHaveLength(15);
    expect(lines[0]).toBe("█".repeat(29));
    // The upper edge of the finder pattern: seven dark modules above five light ones.
    expect(lines[1]).toMatch(/^██ ▄▄▄▄▄ █.*█ ▄▄▄▄▄ ██$/);
  });

  it("paints dark on light where there are colours", () => {
    const lines = qrCode("http://10.0.0.5:6789/", true).split("\n");
    expect(lines[0]).toBe(`\u001b[30;107m${" ".repeat(29)}\u001b[0m`);
    expect(lines[1]).toContain("  █▀▀▀▀▀█ ");
  });
});
