import { describe, expect, it } from "vitest";
import { memoryRateLimiter, type MemoryRateLimiter } from "./memory-rate-limiter.ts";

const LIMIT = { requests: 10, perMs: 1000, burst: 5, name: "key" };

class Clock {
  ms = 1_000_000;
  readonly now = (): number => this.ms;
}

function take(limiter: MemoryRateLimiter, key: string, times: number): number {
  let allowed = 0;
  for (let time = 0; time < times; time++) if (limiter.take(key).allowed) allowed++;
  return allowed;
}

describe("memoryRateLimiter", () => {
  it("allows the burst at once, and then as many as time refills", () => {
    const clock = new Clock();
    const limiter = memoryRateLimiter(LIMIT, { now: clock.now });
    expect(take(limiter, "a", 20)).toBe(5);
    clock.ms += 250;
    expect(take(limiter, "a", 20)).toBe(2);
    clock.ms += 60_000;
    expect(take(limiter, "a", 20)).toBe(5);
  });

  it("says how much is left, when all is there again, and how long to wait", () => {
    const clock = new Clock();
    const limiter = memoryRateLimiter(LIMIT, { now: clock.now });
    const common = { policy: "key", limit: 10, windowMs: 1000 };
    expect(limiter.take("a", 4)).toEqual({ ...common, allowed: true, remaining: 1, resetMs: 400, retryAfterMs: 0 });
    expect(limiter.take("a", 3)).toEqual({ ...common, allowed: false, remaining: 1, resetMs: 400, retryAfterMs: 200 });
    clock.ms += 200;
    expect(limiter.take("a", 3)).toEqual({ ...common, allowed: true, remaining: 0, resetMs: 500, retryAfterMs: 0 });
  });

  it("does not charge what it refuses, nor a peek", () => {
    const limiter = memoryRateLimiter(LIMIT, { now: new Clock().now });
    expect(limiter.take("a", 6)).toMatchObject({ allowed: false, remaining: 5, retryAfterMs: Infinity });
    expect(limiter.peek("a", 5)).toMatchObject({ allowed: true, remaining: 5, resetMs: 0 });
    expect(limiter.peek("a", 6)).toMatchObject({ allowed: false });
    expect(take(limiter, "a", 20)).toBe(5);
    expect(limiter.peek("a")).toMatchObject({ allowed: false, remaining: 0, retryAfterMs: 100 });
  });

  it("counts keys apart", () => {
    const limiter = memoryRateLimiter(LIMIT, { now: new Clock().now });
    expect(["a", "b", "", "a\0"].map((key) => take(limiter, key, 20))).toEqual([5, 5, 5, 5]);
  });

  it("counts together with whoever has its memory", () => {
    const { now } = new Clock();
    const one = memoryRateLimiter(LIMIT, { now });
    const other = memoryRateLimiter(LIMIT, { now, memory: one.memory });
    expect(take(one, "a", 2)).toBe(2);
    expect(take(other, "a", 20)).toBe(3);
  });

  it("takes costs below 1", () => {
    const limiter = memoryRateLimiter(LIMIT, { now: new Clock().now });
    let allowed = 0;
    while (limiter.take("a", 0.25).allowed) allowed++;
    expect(allowed).toBe(20);
  });

  it.each([-3_600_000, 3_600_000])("forgives, and refuses nobody for long, when the clock jumps by %i ms", (jump) => {
    const clock = new Clock();
    clock.ms = 10_000_000;
    const limiter = memoryRateLimiter(LIMIT, { now: clock.now });
    expect(take(limiter, "a", 20)).toBe(5);
    clock.ms += jump;
    expect(take(limiter, "a", 20)).toBe(5);
    expect(take(limiter, "a", 20)).toBe(0);
  });

  it("never forgets a debt when its table is too small, but refuses early", () => {
    const limiter = memoryRateLimiter(LIMIT, { entries: 8, now: new Clock().now });
    expect(take(limiter, "first", 20)).toBe(5);
    let others = 0;
    for (let key = 0; key < 1000; key++) others += take(limiter, `other ${key}`, 20);
    expect(others).toBe(7 * 5);
    expect(take(limiter, "first", 20)).toBe(0);
  });

  it("keeps its memory whatever keys come", () => {
    const limiter = memoryRateLimiter(LIMIT, { entries: 100 });
    const { byteLength } = limiter.memory;
    expect(byteLength).toBe(64 + 128 * 8);
    for (let key = 0; key < 10_000; key++) limiter.take(`${Math.random()}`);
    expect(limiter.memory.byteLength).toBe(byteLength);
  });

  it.each([
    [{ requests: 0, perMs: 1000 }, "requests 0"],
    [{ requests: NaN, perMs: 1000 }, "requests null"],
    [{ requests: 1, perMs: 0 }, "perMs 0"],
    [{ requests: 1, perMs: 1000, burst: 0.5 }, "burst 0.5"],
    [{ requests: 1, perMs: 1000, burst: 1e9 }, "burst 1000000000"],
    [{ requests: 1, perMs: 1000, name: 'a"b' }, 'name "a\\"b"'],
  ])("refuses the limit %j", (limit, said) => {
    expect(() => memoryRateLimiter(limit)).toThrow(said);
  });

  it.each([0, -1, NaN])("refuses the cost %d", (cost) => {
    expect(() => memoryRateLimiter(LIMIT).take("a", cost)).toThrow(RangeError);
  });

  it.each([7, 2 ** 24 + 1, 8.5])("refuses %d entries", (entries) => {
    expect(() => memoryRateLimiter(LIMIT, { entries })).toThrow(RangeError);
  });

  it("refuses memory of another limit, or of something else", () => {
    const { memory } = memoryRateLimiter(LIMIT);
    expect(() => memoryRateLimiter({ ...LIMIT, burst: 6 }, { memory })).toThrow(TypeError);
    expect(() => memoryRateLimiter(LIMIT, { memory: new SharedArrayBuffer(1024) })).toThrow(TypeError);
    expect(() => memoryRateLimiter(LIMIT, { memory: new SharedArrayBuffer(8) })).toThrow(TypeError);
  });
});
