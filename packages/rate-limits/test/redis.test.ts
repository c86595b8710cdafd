import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Verdict } from "../src/index.ts";
import { redisRateLimiter, type RedisRateLimiterOptions } from "../src/redis/index.ts";
import { RedisServer } from "./redis-server.ts";

const SLOW = { requests: 1, perMs: 86_400_000, burst: 50 };
const run = promisify(execFile);

function allowedIn(verdicts: readonly Verdict[]): number {
  return verdicts.filter(({ allowed }) => allowed).length;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error("Cannot wait any longer for what should have happened");
    await delay(10);
  }
}

describe("redisRateLimiter", () => {
  let server: RedisServer;
  let client: Redis;

  beforeEach(async () => {
    server = await new RedisServer().start();
    client = new Redis(server.socket, { retryStrategy: () => 50 });
    client.on("error", () => {});
  });
  afterEach(async () => {
    client.disconnect();
    await server[Symbol.asyncDispose]();
  });

  /** A limiter that waits for Redis, also on a busy machine, and what it said of outages. */
  function limited(options: Partial<RedisRateLimiterOptions> = {}, limit = SLOW) {
    const outages: (Error | undefined)[] = [];
    const onOutage = (reason: Error | undefined): void => void outages.push(reason);
    return {
      limiter: redisRateLimiter(limit, { client, timeoutMs: 5000, probeMs: 50, onOutage, ...options }),
      outages,
    };
  }

  it("allows the burst, and then as many as the clock of Redis refills", async () => {
    const { limiter } = limited({}, { requests: 20, perMs: 1000, burst: 5 });
    const started = performance.now();
    const verdicts = await Promise.all(Array.from({ length: 5 }, async () => limiter.take("a")));
    expect(verdicts.map(({ remaining }) => remaining)).toEqual([4, 3, 2, 1, 0]);
    let allowed = 5;
    while (performance.now() < started + 500) if ((await limiter.take("a")).allowed) allowed++;
    const elapsed = performance.now() - started;
    expect(allowed).toBeGreaterThan(5);
    expect(allowed).toBeLessThanOrEqual(5 + Math.ceil(elapsed / 50));
  });

  it("says what memoryRateLimiter says", async () => {
    const { limiter, outages } = limited({}, { requests: 10, perMs: 100_000, burst: 5 });
    const common = { policy: "default", limit: 10, windowMs: 100_000 };
    expect(await limiter.take("a", 4)).toEqual({
      ...common,
      allowed: true,
      remaining: 1,
      resetMs: 40_000,
      retryAfterMs: 0,
    });
    const refused = await limiter.take("a", 3);
    expect(refused).toMatchObject({ allowed: false, remaining: 1 });
    expect(refused.retryAfterMs).toBeGreaterThan(19_000 - 10_000);
    expect(refused.retryAfterMs).toBeLessThanOrEqual(20_000);
    expect(await limiter.peek("a", 1)).toMatchObject({ allowed: true, remaining: 1 });
    expect(await limiter.peek("b", 6)).toMatchObject({ allowed: false, remaining: 5, retryAfterMs: Infinity });
    expect(outages).toEqual([]);
  });

  it("keeps nothing in Redis for longer than a debt lasts, and nothing for a peek", async () => {
    const { limiter } = limited({ prefix: "p:" }, { requests: 10, perMs: 1000, burst: 5 });
    await limiter.peek("peeked");
    await limiter.take("taken");
    expect(await client.keys("*")).toEqual(["p:default:taken"]);
    expect(await client.pttl("p:default:taken")).toBeLessThanOrEqual(102);
    await until(async () => (await client.keys("*")).length === 0);
  });

  it("makes a debt that lies too far ahead, after a clock was set back, one that can be paid", async () => {
    const { limiter } = limited({}, { requests: 10, perMs: 1000, burst: 5 });
    await client.set("tinyhttp:rate:default:a", `${(Date.now() + 3_600_000) * 1000}`);
    const { allowed, retryAfterMs } = await limiter.take("a");
    expect(allowed).toBe(false);
    await delay(retryAfterMs + 20);
    expect((await limiter.take("a")).allowed).toBe(true);
  });

  it("is exact over two processes", async () => {
    const program = fileURLToPath(new URL("./redis-process.ts", import.meta.url));
    const counts = await Promise.all(
      [1, 2].map(async () => {
        const { stdout } = await run(process.execPath, [program, server.socket, "3000", "2500"]);
        return Number(stdout);
      }),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3000);
  });

  it("is degraded, not open, when Redis is killed under load, and recovers by itself", async () => {
    const { limiter, outages } = limited();
    const load = { isOn: true };
    const verdicts: Verdict[] = [];
    const clients = Array.from({ length: 16 }, async () => {
      while (load.isOn) {
        verdicts.push(await limiter.take("a"));
        await delay(0);
      }
    });
    await until(() => verdicts.length > 200);
    await server.kill();
    await until(() => outages.length === 1);
    const atOutage = verdicts.length;
    await until(() => verdicts.length > atOutage + 500);
    // What Redis allowed, and once more what the insurance allows.
    expect(allowedIn(verdicts)).toBe(2 * SLOW.burst);
    await server.start();
    await until(() => outages.length === 2);
    const atRecovery = verdicts.length;
    await until(() => verdicts.length > atRecovery + 500);
    load.isOn = false;
    await Promise.all(clients);
    expect(outages).toEqual([expect.any(Error), undefined]);
    expect(allowedIn(verdicts)).toBe(3 * SLOW.burst);
  });

  it("answers from the insurance while Redis is stopped, without queuing behind it", async () => {
    const { limiter, outages } = limited({ timeoutMs: 100 });
    await until(() => client.status === "ready");
    server.signal("SIGSTOP");
    const first = await Promise.all(Array.from({ length: 200 }, async () => limiter.take("a")));
    expect(allowedIn(first)).toBe(SLOW.burst);
    expect(limiter.take("a")).toMatchObject({ allowed: false });
    expect(outages).toEqual([expect.objectContaining({ message: "Cannot wait for Redis: no answer within 100 ms" })]);
    server.signal("SIGCONT");
    await until(async () => (await limiter.take("a")) !== undefined && outages.length === 2);
  });

  it.each([
    ["READONLY", ["replicaof", "127.0.0.1", "1"], ["replicaof", "no", "one"]],
    ["OOM", ["config", "set", "maxmemory", "1"], ["config", "set", "maxmemory", "0"]],
  ] as const)(
    "answers from the insurance while Redis says %s",
    async (word, [cause, ...causing], [cure, ...curing]) => {
      const { limiter, outages } = limited();
      await client.call(cause, ...causing);
      const verdicts: Verdict[] = [];
      for (let time = 0; time < 100; time++) verdicts.push(await limiter.take("a"));
      expect(allowedIn(verdicts)).toBe(SLOW.burst);
      expect(outages.map((reason) => reason?.message)).toEqual([expect.stringContaining(word)]);
      await client.call(cure, ...curing);
      await until(async () => (await limiter.take("a")) !== undefined && outages.length === 2);
    },
  );

  it("asks the insurance at once when the client has given up", async () => {
    const { limiter, outages } = limited();
    client.disconnect();
    await until(() => client.status === "end");
    expect(limiter.take("a")).toMatchObject({ allowed: true });
    expect(limiter.peek("a")).toMatchObject({ allowed: true, remaining: 49 });
    expect(outages).toHaveLength(1);
  });

  it("counts a burst that is refilled in more than a lifetime", async () => {
    const { limiter, outages } = limited({}, { requests: 1, perMs: 86_400_000, burst: 9_999_999 });
    expect(await limiter.take("a", 9_999_998)).toMatchObject({ allowed: true, remaining: 1 });
    expect(await limiter.take("a")).toMatchObject({ allowed: true, remaining: 0 });
    const { allowed, retryAfterMs } = await limiter.take("a");
    expect(allowed).toBe(false);
    expect(retryAfterMs).toBeGreaterThan(86_300_000);
    expect(retryAfterMs).toBeLessThanOrEqual(86_400_000);
    expect(outages).toEqual([]);
  });

  it("refuses a burst that Redis could not count", () => {
    expect(() => limited({}, { requests: 1, perMs: 86_400_000_000, burst: 1e6 })).toThrow(RangeError);
  });
});
