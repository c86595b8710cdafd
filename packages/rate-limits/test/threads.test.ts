import { describe, expect, it } from "vitest";
import { concurrencyLimiter, memoryRateLimiter } from "../src/index.ts";
import { hammer } from "./hammer.ts";

const THREADS = 4;
const SLOW = { requests: 1, perMs: 86_400_000 };
const AT_ONCE = { max: 2, holders: THREADS };

async function allowedInAll(keys: number, times: number, burst: number, entries: number): Promise<number[]> {
  const limit = { ...SLOW, burst };
  const results = await hammer({
    threads: THREADS,
    keys,
    times,
    rate: { limit, memory: memoryRateLimiter(limit, { entries }).memory },
    concurrency: {
      limit: AT_ONCE,
      memory: concurrencyLimiter(AT_ONCE).memory,
      held: new SharedArrayBuffer(4),
    },
  });
  for (const { mostHeld } of results) expect(mostHeld).toBeLessThanOrEqual(AT_ONCE.max);
  return Array.from({ length: keys }, (_, key) => results.reduce((sum, { allowed }) => sum + (allowed[key] ?? 0), 0));
}

describe("memoryRateLimiter and concurrencyLimiter over 4 threads", () => {
  it("allow exactly the burst of each key", async () => {
    expect(await allowedInAll(20, 5000, 7777, 1024)).toEqual(Array<number>(20).fill(7777));
  });

  it("allow no key more than its burst when keys push each other out", async () => {
    const allowed = await allowedInAll(200, 200, 50, 8);
    expect(Math.max(...allowed)).toBeLessThanOrEqual(50);
    expect(allowed.reduce((sum, count) => sum + count, 0)).toBe(8 * 50);
  });
});
