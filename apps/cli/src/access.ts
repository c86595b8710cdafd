/** Who may ask, put in front of what is served. */
import type { Handler } from "@tinyhttp/handler";
import type { KeyRing, PolicyLimits, SecurityEventSink, SessionStore } from "@tinyhttp/auth-modes";
import { CannotRun, UsageError } from "./failure.ts";
import type { LimitPlan } from "./limits/limit-plan.ts";
import type { LimitMemory, Share } from "./limits/shared-limits.ts";
import type { RedisAccess } from "./limits/redis.ts";
import type { Options } from "./options.ts";

/** Everything that is decided before the server is made, as data that can be handed to another thread. */
export interface AccessPlan {
  /** The file of keys that is asked, if any. */
  readonly keyFile: string | undefined;
  /** The file of browsers' sessions, where there can be some. */
  readonly sessionFile: string | undefined;
  readonly limits: LimitPlan;
  /** What all threads count together. */
  readonly memory: LimitMemory;
  readonly redis: RedisAccess | undefined;
}

interface GuardedApp {
  readonly options: Options;
  readonly access: AccessPlan;
}

export interface Guard {
  readonly protect: (handler: Handler) => Handler;
  /** Writes what is known of the last uses of keys. */
  readonly close: () => Promise<void>;
}

/**
 * @throws {UsageError} A proxy or a name has the wrong form.
 * @throws {CannotRun} The keys cannot be read, or Redis not be used.
 */
export async function openGuard(
  { options, access: plan }: GuardedApp,
  share: Share,
  onSecurityEvent: SecurityEventSink,
): Promise<Guard> {
  try {
    const isPlain = Object.keys(plan.memory).length === 0 && options["trusted-proxy"] === undefined;
    if (options.mode === "private" && isPlain) return await openPrivateGuard(options, onSecurityEvent);
    return await openFullGuard(options, plan, share, onSecurityEvent);
  } catch (cause) {
    if (cause instanceof TypeError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

async function openPrivateGuard(options: Options, onSecurityEvent: SecurityEventSink): Promise<Guard> {
  const { privatePolicy } = await import("@tinyhttp/auth-modes/private");
  return { protect: privatePolicy({ hostNames: options["host-name"], onSecurityEvent }), close: async () => {} };
}

async function openFullGuard(
  options: Options,
  plan: AccessPlan,
  share: Share,
  onSecurityEvent: SecurityEventSink,
): Promise<Guard> {
  const { accessPolicy } = await import("@tinyhttp/auth-modes");
  const [keys, sessions, limits] = await Promise.all([
    openKeys(plan, onSecurityEvent),
    openSessions(plan, onSecurityEvent),
    openPlannedLimits(plan, share),
  ]);
  const protect = accessPolicy({
    mode: options.mode,
    keys,
    sessions,
    certificates: options["tls-client-name"]?.map((name) => ({ name })),
    trustedProxies: options["trusted-proxy"],
    hostNames: options["host-name"],
    allowQueryKey: options["query-key"],
    limits: limits.policyLimits,
    onSecurityEvent,
  });
  return {
    protect,
    close: async () => {
      limits.close();
      await Promise.all([keys?.close(), sessions?.close()]);
    },
  };
}

async function openKeys({ keyFile }: AccessPlan, onSecurityEvent: SecurityEventSink): Promise<KeyRing | undefined> {
  if (keyFile === undefined) return undefined;
  const { openKeyFile } = await import("@tinyhttp/auth-modes");
  try {
    return openKeyFile(keyFile, { onSecurityEvent });
  } catch (cause) {
    throw new CannotRun(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function openSessions(
  { sessionFile }: AccessPlan,
  onSecurityEvent: SecurityEventSink,
): Promise<SessionStore | undefined> {
  if (sessionFile === undefined) return undefined;
  const { openSessionFile } = await import("@tinyhttp/auth-modes");
  try {
    return openSessionFile(sessionFile, { onSecurityEvent });
  } catch (cause) {
    throw new CannotRun(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

interface OpenLimits {
  readonly policyLimits: PolicyLimits;
  readonly close: () => void;
}

async function openPlannedLimits({ limits, memory, redis }: AccessPlan, share: Share): Promise<OpenLimits> {
  const { openLimits } = await import("./limits/shared-limits.ts");
  if (redis === undefined) return { policyLimits: openLimits(limits, memory, share), close: () => {} };
  const { connectRedis } = await import("./limits/redis.ts");
  const { distributed, close } = await connectRedis(redis);
  return { policyLimits: openLimits(limits, memory, share, distributed), close };
}
