/** Everything that `tinyhttp serve` decides before it opens anything: what is wrong with it is said here. */
import type { CloneableServerOptions } from "@tinyhttp/thread-server";
import { planAccess } from "./access-plan.ts";
import type { App } from "./app.ts";
import { refuseFileOptions } from "./compose-handler.ts";
import { configure, type Configuration } from "./configuration/configuration.ts";
import { refuseContradictions } from "./contradictions.ts";
import { readDuration } from "./duration.ts";
import { CannotRun, UsageError } from "./failure.ts";
import { refuseOnceWithoutFile } from "./once.ts";
import { SERVE_OPTIONS, type GivenOptions, type Options } from "./options.ts";
import { checkReach, reachOf, type Reach } from "./reach.ts";
import { readServeWords } from "./serve-words.ts";
import { serverOptions } from "./server-options.ts";
import { readThreadCount } from "./thread-count.ts";
import type { Transport } from "./tls/transport.ts";

export interface ServePlan {
  readonly configuration: Configuration;
  readonly reach: Reach;
  /** `undefined`: plain HTTP. */
  readonly transport: Transport | undefined;
  readonly app: App;
  readonly serverOptions: CloneableServerOptions;
  readonly threads: number;
  /** After which it ends by itself. */
  readonly lifetimeMs: number | undefined;
  /** A sentence each. */
  readonly warnings: readonly string[];
}

/**
 * @param words What stands behind the command without a name.
 * @throws {UsageError} Something cannot be understood.
 * @throws {CannotRun} It would let in whom nobody meant to let in, or a file cannot be read.
 */
export async function planServing(
  words: readonly string[],
  typed: GivenOptions,
  env: NodeJS.ProcessEnv,
): Promise<ServePlan> {
  const named = readServeWords(words);
  if (named.port !== undefined && typed.port !== undefined) {
    throw new UsageError(`Cannot listen on port ${named.port} and --port ${typed.port} at once: leave one of them out`);
  }
  const configuration = await configure({ ...typed, ...named }, SERVE_OPTIONS, env);
  try {
    return await planWith(configuration, env);
  } catch (error) {
    if (configuration.options["security-log"] === undefined || !(error instanceof CannotRun)) throw error;
    const { recordStart } = await import("./start-record.ts");
    await recordStart(configuration, undefined, error.message);
    throw error;
  }
}

async function planWith(configuration: Configuration, env: NodeJS.ProcessEnv): Promise<ServePlan> {
  const { given, options, origins } = configuration;
  refuseContradictions(given, origins);
  if (options.handler !== undefined) refuseFileOptions(given);
  refuseOnceWithoutFile(options);
  const threads = readThreadCount(options.threads);
  const lifetimeMs = options.for === undefined ? undefined : readDuration("--for", options.for);
  const reach = reachOf(options, env);
  const risks = await checkReach(reach, options);
  const transport = await planTransport(options, reach, env);
  const access = await planAccess(configuration, reach, threads, env);
  return {
    configuration,
    reach,
    transport,
    app: { options, access },
    serverOptions: serverOptions(options, transport),
    threads,
    lifetimeMs,
    warnings: [...configuration.warnings, ...risks],
  };
}

async function planTransport(options: Options, reach: Reach, env: NodeJS.ProcessEnv): Promise<Transport | undefined> {
  if (!reach.isEncrypted) return undefined;
  const { readTransport } = await import("./tls/transport.ts");
  return readTransport(options, env);
}
