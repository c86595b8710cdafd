import { describe, expect, it } from "vitest";
import { RecentBytes } from "./recent-bytes.ts";

function added(...chunks: readonly string[]): RecentBytes {
  const bytes = new RecentBytes();
  for (const chunk of chunks) bytes.add(Buffer.from(chunk));
  return bytes;
}

function between(bytes: RecentBytes, from: number, to: number): string {
  return Buffer.from(bytes.bytesBetween(from, to)).toString();
}

describe("RecentBytes", () => {
  it.each([
    [0, 6, "abcdef"],
    [1, 3, "bc"],
    [2, 4, "cd"],
    [4, 9, "ef"],
    [3, 3, ""],
    [9, 12, ""],
  ])("joins the bytes from %i to %i, whatever chunks they came in", (from, to, text) => {
    expect(between(added("ab", "cd", "", "ef"), from, to)).toBe(text);
    expect(between(added("abcdef"), from, to)).toBe(text);
  });

  it("keeps 32768 bytes before the chunk, and forgets those before them", () => {
    const bytes = added("a", "b", "c".repeat(32_767), "d");
    expect(bytes.end).toBe(32_770);
    expect(between(bytes, 0, 3)).toBe("bc");
    expect(between(added("x".repeat(100_000), "y"), 67_231, 67_233)).toBe("x");
  });
});
