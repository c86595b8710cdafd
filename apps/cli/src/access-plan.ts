/** From options to what is decided about access before a server is made. */
import type { AccessPlan } from "./access.ts";
import type { Configuration } from "./configuration/configuration.ts";
import { CannotRun } from "./failure.ts";
import { planLimits, type LimitPlan } from "./limits/limit-plan.ts";
import type { LimitMemory } from "./limits/shared-limits.ts";
import type { RedisAccess } from "./limits/redis.ts";
import type { Reach } from "./reach.ts";

/**
 * @throws {UsageError} A limit cannot be read.
 * @throws {CannotRun} The password for Redis cannot be read.
 */
export async function planAccess(configuration: Configuration, reach: Reach, threads: number): Promise<AccessPlan> {
  const { options } = configuration;
  const limits = planLimits(options);
  return {
    keyFile: reach.keyFile,
    limits,
    memory: await limitMemory(limits, reach, threads),
    redis: await planRedis(configuration),
  };
}

async function limitMemory(limits: LimitPlan, { mode }: Reach, threads: number): Promise<LimitMemory> {
  const isLimited = limits.address ?? limits.key ?? limits.total ?? limits.atOnce;
  if (mode === "private" && isLimited === undefined) return {};
  const { createLimitMemory } = await import("./limits/shared-limits.ts");
  return createLimitMemory(limits, threads);
}

async function planRedis({ options, secrets }: Configuration): Promise<RedisAccess | undefined> {
  if (options.redis === undefined) return undefined;
  const { checkRedisUrl } = await import("./limits/redis.ts");
  const url = checkRedisUrl(options.redis);
  const file = options["redis-password-file"];
  if (file === undefined) return { url, password: secrets.get("redis-password-file") };
  const { readSecretFile } = await import("@tinyhttp/auth-modes");
  try {
    return { url, password: readSecretFile(file).reveal() };
  } catch (cause) {
    throw new CannotRun(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
