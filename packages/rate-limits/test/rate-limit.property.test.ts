import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concurrencyLimiter, memoryRateLimiter, type Permit } from "../src/index.ts";

const limits = fc.record({
  requests: fc.integer({ min: 1, max: 50 }),
  perMs: fc.integer({ min: 1, max: 5000 }),
  burst: fc.integer({ min: 1, max: 40 }),
});
// Mostly in quick succession, sometimes after a pause.
const step = fc.record({
  waitMs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 50, noNaN: true }), fc.integer({ min: 0, max: 20_000 })),
  key: fc.integer({ min: 0, max: 40 }).map(String),
  cost: fc.integer({ min: 1, max: 5 }),
});
const steps = fc.array(step, { minLength: 1, maxLength: 300 });

describe("memoryRateLimiter", () => {
  it("never allows more than burst + requests in any window, however small its table", () => {
    fc.assert(
      fc.property(limits, steps, fc.constantFrom(8, 64, 4096), (limit, moves, entries) => {
        let now = 1e6;
        const limiter = memoryRateLimiter(limit, { entries, now: () => now });
        const taken = new Map<string, { at: number; cost: number }[]>();
        for (const { waitMs, key, cost } of moves) {
          now += waitMs;
          if (!limiter.take(key, cost).allowed) continue;
          const before = taken.get(key) ?? [];
          const all = [...before, { at: now, cost }];
          taken.set(key, all);
          const within = all.filter(({ at }) => at > now - limit.perMs);
          expect(within.reduce((sum, entry) => sum + entry.cost, 0)).toBeLessThanOrEqual(limit.burst + limit.requests);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("allows exactly what a bucket that is refilled continuously allows, while its table has room", () => {
    fc.assert(
      fc.property(limits, steps, (limit, moves) => {
        // The model: debts in requests, in whole ticks of a 16th of a request as the limiter has it.
        const tickMs = limit.perMs / limit.requests / 16;
        const most = limit.burst * 16;
        const paid = new Map<string, number>();
        let now = 1e6;
        const limiter = memoryRateLimiter(limit, { now: () => now });
        for (const { waitMs, key, cost } of moves) {
          now += waitMs;
          const tick = Math.floor(now * (1 / tickMs));
          const exact = now / tickMs;
          // Where rounding of the product decides, either answer is right.
          if (Math.abs(exact - Math.round(exact)) < 1e-6) continue;
          const debt = Math.max(0, (paid.get(key) ?? 0) - tick);
          const expected = debt + cost * 16 <= most;
          const verdict = limiter.take(key, cost);
          expect(verdict.allowed).toBe(expected);
          if (expected) paid.set(key, tick + debt + cost * 16);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("allows after retryAfterMs what it refused", () => {
    fc.assert(
      fc.property(limits, steps, (limit, moves) => {
        let now = 1e6;
        const limiter = memoryRateLimiter(limit, { now: () => now });
        for (const { waitMs, key, cost } of moves) {
          now += waitMs;
          const { allowed, retryAfterMs } = limiter.take(key, cost);
          expect(allowed).toBe(retryAfterMs === 0);
          if (allowed || retryAfterMs === Infinity) continue;
          now += retryAfterMs;
          expect(limiter.take(key, cost).allowed).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("concurrencyLimiter", () => {
  it("never lets a key hold more than it may, and counts to zero in the end", () => {
    const moves = fc.array(
      fc.record({
        key: fc.integer({ min: 0, max: 20 }).map(String),
        holder: fc.integer({ min: 0, max: 2 }),
        acquires: fc.boolean(),
      }),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.constantFrom(8, 256), moves, (max, cells, all) => {
        const limit = { max, holders: 3 };
        const first = concurrencyLimiter(limit, { cells });
        const holders = [0, 1, 2].map((holder) =>
          holder === 0 ? first : concurrencyLimiter(limit, { memory: first.memory, holder }),
        );
        const held = new Map<string, Permit[]>();
        for (const { key, holder, acquires } of all) {
          const permits = held.get(key) ?? [];
          held.set(key, permits);
          const permit = acquires ? holders[holder]?.acquire(key) : undefined;
          if (permit !== undefined) permits.push(permit);
          else if (!acquires) permits.pop()?.release();
          expect(permits.length).toBeLessThanOrEqual(max);
          expect(first.count(key)).toBeGreaterThanOrEqual(permits.length);
        }
        for (const permits of held.values()) for (const permit of permits) permit.release();
        for (const key of held.keys()) expect(first.count(key)).toBe(0);
      }),
    );
  });
});
