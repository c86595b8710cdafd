import { describe, expect, it } from "vitest";
import { concurrencyLimiter, memoryRateLimiter, type RateLimit } from "../src/index.ts";
import { hammer, type HammerResult } from "./hammer.ts";

const THREADS = 4;
const SLOW = { requests: 1, perMs: 86_400_000 };
const AT_ONCE = { max: 2, holders: THREADS };

function hammerWith(limit: RateLimit, keys: number, times: number, entries: number): Promise<HammerResult[]> {
  return hammer({
    threads: THREADS,
    keys,
    times,
    rate: { limit, memory: memoryRateLimiter(limit, { entries }).memory },
    concurrency: { limit: AT_ONCE, memory: concurrencyLimiter(AT_ONCE).memory, held: new SharedArrayBuffer(4) },
  });
}

function allowedOf(results: readonly HammerResult[], key: number): number {
  return results.reduce((sum, { allowed }) => sum + (allowed[key] ?? 0), 0);
}

describe("memoryRateLimiter over 4 threads", () => {
  it("allows exactly the burst of each key when nothing is refilled", async () => {
    const results = await hammerWith({ ...SLOW, burst: 7777 }, 20, 5000, 1024);
    for (let key = 0; key < 20; key++) expect(allowedOf(results, key)).toBe(7777);
  });

  it("allows no more than the burst and what time refills", async () => {
    const limit = { requests: 100_000, perMs: 1000, burst: 100 };
    const results = await hammerWith(limit, 1, 300_000, 1024);
    const elapsedMs = Math.max(...results.map(({ toMs }) => toMs)) - Math.min(...results.map(({ fromMs }) => fromMs));
    const most = limit.burst + Math.ceil((elapsedMs * limit.requests) / limit.perMs) + 1;
    expect(allowedOf(results, 0)).toBeLessThanOrEqual(most);
    expect(allowedOf(results, 0)).toBeGreaterThan(limit.burst);
  });

  it("allows no key more than its burst when keys push each other out", async () => {
    const results = await hammerWith({ ...SLOW, burst: 50 }, 200, 200, 8);
    const allowed = Array.from({ length: 200 }, (_, key) => allowedOf(results, key));
    expect(Math.max(...allowed)).toBeLessThanOrEqual(50);
    expect(allowed.reduce((sum, count) => sum + count, 0)).toBe(8 * 50);
  });
});

describe("concurrencyLimiter over 4 threads", () => {
  it("never lets all of them together hold more than the key may", async () => {
    const results = await hammerWith(SLOW, 1, 100_000, 8);
    for (const { mostHeld } of results) expect(mostHeld).toBeLessThanOrEqual(AT_ONCE.max);
    expect(Math.max(...results.map(({ mostHeld }) => mostHeld))).toBeGreaterThan(0);
  });
});
