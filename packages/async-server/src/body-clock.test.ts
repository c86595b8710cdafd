import { beforeEach, describe, expect, it } from "vitest";
import { BodyClock } from "./body-clock.ts";
import { resolveSettings } from "./options.ts";

const SETTINGS = resolveSettings({ bodyIdleTimeoutMs: 30_000, minBytesPerSecond: 500, minRateGraceMs: 20_000 });

describe("BodyClock", () => {
  let clock: BodyClock;

  beforeEach(() => {
    clock = new BodyClock(SETTINGS);
    clock.start();
  });

  it("gives a client that has sent nothing the time before the rate counts", () => {
    expect(clock.wait(1000)).toBe(21_000);
  });

  it("gives a client that has sent much the longest silence", () => {
    clock.wait(0);
    clock.receive(1_000_000, 10);
    expect(clock.wait(10)).toBe(30_010);
  });

  it("gives a slow client what it has earned and not used", () => {
    clock.wait(0);
    clock.receive(12_500, 20_000);
    // 12 500 bytes are worth 25 s, of which 20 s are gone.
    expect(clock.wait(20_000)).toBe(25_000);
  });

  it("is up at once when more was used than earned", () => {
    clock.wait(0);
    clock.receive(1, 60_000);
    expect(clock.wait(60_000)).toBe(60_000);
  });

  it("does not count the time in which nobody waits", () => {
    clock.wait(0);
    clock.receive(1, 1000);
    expect(clock.wait(500_000)).toBe(519_000);
  });

  it("starts anew with each request", () => {
    clock.wait(0);
    clock.receive(1, 19_000);
    clock.start();
    expect(clock.wait(19_000)).toBe(39_000);
  });
});
