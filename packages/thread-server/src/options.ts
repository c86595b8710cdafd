/** What can be said about a server of threads, and what is taken for granted otherwise. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ResourceLimits } from "node:worker_threads";
import type { AsyncServerOptions } from "@tinyhttp/async-server";
import type { ThreadEvent } from "./thread-event.ts";

/** Options that can be copied from thread to thread: functions cannot (see `AppModule.createServerOptions`). */
export type CloneableServerOptions = Omit<AsyncServerOptions, "onExchange" | "onConnection" | "onError">;

export interface ThreadServerOptions {
  /** The app's module, which every thread loads for itself ({@link AppModule}): a path from the working directory, or a URL. */
  readonly module: string | URL;
  /** How many threads; an integer above 0. Default: one for each processor that this process may use. */
  readonly threads?: number | undefined;
  /** Handed to the module's functions as `context.data`, as a structured clone. */
  readonly data?: unknown;
  /**
   * For each thread's server. `maxConnections` is divided by the threads, so that their sum stays within the limit;
   * the other limits hold in each thread.
   */
  readonly serverOptions?: CloneableServerOptions | undefined;
  /** Memory that one thread may use, as `node:worker_threads` has it; one that exceeds it counts as crashed. Default: Node's. */
  readonly resourceLimits?: ResourceLimits | undefined;
  /** Longest time in milliseconds until a thread listens; default 60 000. Loading an app may compile it. */
  readonly startTimeoutMs?: number | undefined;
  /**
   * Time in milliseconds for which a thread's event loop may stand still before it counts as hung and is replaced;
   * default 10 000, more than a handler should ever compute without a pause. Noticed up to a quarter later.
   */
  readonly heartbeatTimeoutMs?: number | undefined;
  /** Crashes of all threads together within `crashWindowMs` at which the server gives up; default 10. */
  readonly maxCrashes?: number | undefined;
  /** In milliseconds; default 60 000. */
  readonly crashWindowMs?: number | undefined;
  /**
   * Time in milliseconds before a crashed thread is replaced; doubled by every recent crash, up to 5000, and then
   * shortened by up to a half at random. Default 100.
   */
  readonly restartDelayMs?: number | undefined;
  /** Told what becomes of the threads. Default: crashes and warnings go to `console.error`. */
  readonly onEvent?: ((event: ThreadEvent) => void) | undefined;
}

/** The options, with nothing left open. */
export interface Settings {
  readonly module: string;
  readonly threads: number;
  readonly data: unknown;
  readonly serverOptions: CloneableServerOptions;
  readonly resourceLimits: ResourceLimits | undefined;
  readonly startTimeoutMs: number;
  readonly heartbeatTimeoutMs: number;
  readonly maxCrashes: number;
  readonly crashWindowMs: number;
  readonly restartDelayMs: number;
  readonly onEvent: (event: ThreadEvent) => void;
}

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} A number is not above 0, or `threads` is not an integer.
 */
export function resolveSettings(options: ThreadServerOptions): Settings {
  const settings: Settings = {
    module: moduleUrl(options.module),
    threads: options.threads ?? availableParallelism(),
    data: options.data,
    serverOptions: options.serverOptions ?? {},
    resourceLimits: options.resourceLimits,
    startTimeoutMs: options.startTimeoutMs ?? 60_000,
    heartbeatTimeoutMs: options.heartbeatTimeoutMs ?? 10_000,
    maxCrashes: options.maxCrashes ?? 10,
    crashWindowMs: options.crashWindowMs ?? 60_000,
    restartDelayMs: options.restartDelayMs ?? 100,
    onEvent: options.onEvent ?? reportEvent,
  };
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value !== "number" || value > 0) continue;
    throw new RangeError(`Cannot make a server of threads: expected ${name} above 0, got ${value}`);
  }
  if (!Number.isInteger(settings.threads)) {
    throw new RangeError(`Cannot make a server of threads: expected threads to be an integer, got ${settings.threads}`);
  }
  return settings;
}

function moduleUrl(module: string | URL): string {
  if (module instanceof URL || module.startsWith("file:")) return String(module);
  return pathToFileURL(resolve(module)).href;
}

function reportEvent(event: ThreadEvent): void {
  if (event.kind === "crashed") {
    const next = event.restartInMs === undefined ? "not replaced" : `replaced in ${Math.round(event.restartInMs)} ms`;
    console.error(`Thread ${event.thread} crashed (${next}):`, event.error);
  } else if (event.kind === "unshared") {
    console.error(event.reason);
  }
}
