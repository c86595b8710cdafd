/** Rates that several machines count together. Each machine goes on by itself while Redis cannot be reached. */
import type { Redis } from "ioredis";
import type { RateLimit, RateLimiter } from "@tinyhttp/rate-limits";
import { CannotRun, UsageError } from "../failure.ts";
import { warn } from "../terminal.ts";
import { redisTrouble } from "./redis-trouble.ts";

export interface RedisAccess {
  readonly url: string;
  readonly password: string | undefined;
}

export interface RedisLimits {
  readonly distributed: (limit: RateLimit, local: RateLimiter) => RateLimiter;
  readonly close: () => void;
}

const CONNECT_TIMEOUT_MS = 5000;
const LONGEST_RETRY_MS = 2000;

/** @throws {UsageError} It is no URL of Redis, or has a password in it, where other users of the machine can read it. */
export function checkRedisUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "redis:" && url.protocol !== "rediss:")) {
    throw new UsageError(`Cannot read --redis ${JSON.stringify(text)}: write a URL, as in redis://127.0.0.1:6379`);
  }
  if (url.password === "") return text;
  throw new UsageError(
    "Cannot take the password out of --redis, where others can read it: name its file with --redis-password-file, or put it in TINYHTTP_REDIS_PASSWORD",
  );
}

/** @throws {CannotRun} The package ioredis is not there. */
export async function connectRedis({ url, password }: RedisAccess): Promise<RedisLimits> {
  const [ioredis, { redisRateLimiter }] = await Promise.all([importIoredis(), import("@tinyhttp/rate-limits/redis")]);
  const client = new ioredis.Redis(url, {
    ...(password === undefined ? {} : { password }),
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_RETRY_MS),
  });
  let isLost = false;
  const onLost = (error: Error): void => {
    if (!isLost) warn(`Cannot count in Redis: ${redisTrouble(error)}; each machine counts by itself until it is back`);
    isLost = true;
  };
  const onBack = (): void => {
    if (isLost) warn("Redis is back: all machines count together");
    isLost = false;
  };
  client.on("error", onLost);
  client.on("ready", onBack);
  const onOutage = (reason: Error | undefined): void => (reason === undefined ? onBack() : onLost(reason));
  return {
    distributed: (limit, insurance) => redisRateLimiter(limit, { client, insurance, onOutage }),
    close: () => client.disconnect(),
  };
}

async function importIoredis(): Promise<{ Redis: typeof Redis }> {
  try {
    return await import("ioredis");
  } catch (cause) {
    throw new CannotRun(
      "Cannot count rates in Redis without the package ioredis: install it beside this one with npm install --global ioredis, or leave --redis out",
      { cause },
    );
  }
}
