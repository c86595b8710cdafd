import { describe, expect, it } from "vitest";
import { decideRestart } from "./restart-policy.ts";

const SETTINGS = { maxCrashes: 10, crashWindowMs: 60_000, restartDelayMs: 100 };

describe("decideRestart", () => {
  it.each([
    ["the first crash", [0], 100],
    ["the second", [0, 10], 200],
    ["the fifth", [0, 10, 20, 30, 40], 1600],
    ["the ninth", [0, 1, 2, 3, 4, 5, 6, 7, 8], 5000],
    ["a crash long after others", [0, 10, 20, 70_000], 100],
  ])("waits for longer the more threads crash: %s", (_, crashTimes, delayMs) => {
    expect(decideRestart(crashTimes, SETTINGS, 0)).toEqual({ kind: "restart", delayMs });
  });

  it("spreads restarts over half the time", () => {
    expect(decideRestart([0], SETTINGS, 0.5)).toEqual({ kind: "restart", delayMs: 75 });
  });

  it.each([
    ["the tenth crash within the window", [0, 1, 2, 3, 4, 5, 6, 7, 8, 59_999], "give-up"],
    ["the tenth, when the first is too old to count", [0, 1, 2, 3, 4, 5, 6, 7, 8, 60_000], "restart"],
  ])("gives up at %s", (_, crashTimes, kind) => {
    expect(decideRestart(crashTimes, SETTINGS, 0).kind).toBe(kind);
  });
});
