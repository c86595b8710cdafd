/** From options to what is decided about access before a server is made. */
import type { AccessPlan } from "./access.ts";
import type { Configuration } from "./configuration/configuration.ts";
import { defaultSessionFile } from "./directories.ts";
import { CannotRun } from "./failure.ts";
import { planLimits, type LimitPlan } from "./limits/limit-plan.ts";
import type { LimitMemory } from "./limits/shared-limits.ts";
import type { RedisAccess } from "./limits/redis.ts";
import type { Options } from "./options.ts";
import type { Reach } from "./reach.ts";
import type { Environment } from "./terminal.ts";

/**
 * @throws {UsageError} A limit cannot be read.
 * @throws {CannotRun} The password for Redis cannot be read.
 */
export async function planAccess(
  configuration: Configuration,
  reach: Reach,
  threads: number,
  env: Environment,
): Promise<AccessPlan> {
  const { options } = configuration;
  const limits = planLimits(options);
  return {
    keyFile: reach.keyFile,
    sessionFile: canHaveSessions(options, reach) ? (options["session-file"] ?? defaultSessionFile(env)) : undefined,
    limits,
    memory: await limitMemory(limits, reach, threads),
    redis: await planRedis(configuration),
  };
}

/** A session is a cookie that browsers send to encrypted servers only; a proxy may be what encrypts. */
function canHaveSessions(options: Options, { isEncrypted, keyFile }: Reach): boolean {
  return options.login && keyFile !== undefined && (isEncrypted || options["trusted-proxy"] !== undefined);
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
