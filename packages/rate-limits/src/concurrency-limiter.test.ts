import { describe, expect, it } from "vitest";
import { concurrencyLimiter, type Permit } from "./concurrency-limiter.ts";

describe("concurrencyLimiter", () => {
  it("lets a key hold as many as it may, and as many again when they are released", () => {
    const limiter = concurrencyLimiter({ max: 2 });
    const first = limiter.acquire("a");
    expect(limiter.acquire("a")).toBeDefined();
    expect(limiter.acquire("a")).toBeUndefined();
    expect(limiter.count("a")).toBe(2);
    first?.release();
    expect(limiter.acquire("a")).toBeDefined();
    expect(limiter.acquire("a")).toBeUndefined();
  });

  it("counts keys apart", () => {
    const limiter = concurrencyLimiter({ max: 1 });
    for (let key = 0; key < 500; key++) expect(limiter.acquire(`${key}`)).toBeDefined();
  });

  it("gives a permit back once, however often it is released", () => {
    const limiter = concurrencyLimiter({ max: 2 });
    const permit = limiter.acquire("a");
    limiter.acquire("a");
    permit?.release();
    permit?.release();
    expect(limiter.count("a")).toBe(1);
  });

  it("counts the holders of one memory together", () => {
    const limit = { max: 3, holders: 2 };
    const one = concurrencyLimiter(limit);
    const other = concurrencyLimiter(limit, { memory: one.memory, holder: 1 });
    expect([one.acquire("a"), other.acquire("a"), other.acquire("a")]).not.toContain(undefined);
    expect(one.acquire("a")).toBeUndefined();
    expect(other.acquire("a")).toBeUndefined();
  });

  it("forgets what a holder held when another takes its place, whatever that one still releases", () => {
    const limit = { max: 2, holders: 2 };
    const one = concurrencyLimiter(limit);
    const crashed = concurrencyLimiter(limit, { memory: one.memory, holder: 1 });
    const left: (Permit | undefined)[] = [crashed.acquire("a"), crashed.acquire("a")];
    expect(one.acquire("a")).toBeUndefined();
    const successor = concurrencyLimiter(limit, { memory: one.memory, holder: 1 });
    expect(one.acquire("a")).toBeDefined();
    expect(successor.acquire("a")).toBeDefined();
    for (const permit of left) permit?.release();
    expect(one.count("a")).toBe(2);
    expect(one.acquire("a")).toBeUndefined();
  });

  it("refuses early, never late, when its table is too small", () => {
    const limiter = concurrencyLimiter({ max: 1 }, { cells: 8 });
    const permits = new Map<string, Permit>();
    for (let key = 0; key < 1000; key++) {
      const permit = limiter.acquire(`${key}`);
      if (permit !== undefined) permits.set(`${key}`, permit);
    }
    expect(permits.size).toBeGreaterThan(0);
    for (const key of permits.keys()) expect(limiter.acquire(key)).toBeUndefined();
    for (const permit of permits.values()) permit.release();
    for (let key = 0; key < 1000; key++) expect(limiter.count(`${key}`)).toBe(0);
  });

  it.each([
    [{ max: 0 }, {}],
    [{ max: 1.5 }, {}],
    [{ max: 1, holders: 0 }, {}],
    [{ max: 1, holders: 2 }, { holder: 2 }],
    [{ max: 1 }, { cells: 7 }],
  ])("refuses %j with %j", (limit, options) => {
    expect(() => concurrencyLimiter(limit, options)).toThrow(RangeError);
  });

  it("refuses memory of another limit", () => {
    const { memory } = concurrencyLimiter({ max: 1 });
    expect(() => concurrencyLimiter({ max: 2 }, { memory })).toThrow(TypeError);
  });
});
