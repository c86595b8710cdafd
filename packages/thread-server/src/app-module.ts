import type { AsyncServerOptions } from "@tinyhttp/async-server";
import { type Handler, loadHandler } from "@tinyhttp/handler";

/** What a module's functions are told about the thread that loads it. */
export interface ThreadContext {
  /** How many threads serve: what is to be bounded in total (the memory for hot files, say) is divided by it. */
  readonly threads: number;
  /** Which of them this is, from 0. A thread that replaces another one has its number. */
  readonly thread: number;
  /** `data` of the options. */
  readonly data: unknown;
  /** Has `task` run, and waits for it, when the last connection has ended and before the thread does: to flush a log, say. */
  readonly onClose: (task: () => void | Promise<void>) => void;
}

/** What a module may export; a default export or `createHandler` must be there, as for `loadHandler` of `@tinyhttp/handler`. */
export interface AppModule {
  /** A handler, or an object with a web-standard `fetch` method. */
  readonly default?: unknown;
  /** Returns either, or a promise of it. */
  readonly createHandler?: ((context: ThreadContext) => unknown) | undefined;
  /** Options of this thread's server, over those of `createThreadServer`. Observers belong here: functions cannot cross threads. */
  readonly createServerOptions?:
    | ((context: ThreadContext) => AsyncServerOptions | Promise<AsyncServerOptions>)
    | undefined;
}

export interface App {
  readonly handler: Handler;
  readonly serverOptions: AsyncServerOptions;
}

/**
 * Takes from a module what a server needs.
 *
 * @throws {TypeError} It has neither a default export nor `createHandler`, or what it has is of no use; what its
 *   functions throw is passed on.
 */
export async function loadApp(module: AppModule, context: ThreadContext): Promise<App> {
  const { createHandler, createServerOptions } = module;
  if (createServerOptions !== undefined && typeof createServerOptions !== "function") {
    throw new TypeError(
      `Cannot take server options from the module: expected createServerOptions to be a function, got ${typeof createServerOptions}`,
    );
  }
  const serverOptions = (await createServerOptions?.(context)) ?? {};
  const handler = await loadHandler({
    default: module.default,
    createHandler: typeof createHandler === "function" ? () => createHandler(context) : createHandler,
  });
  return { handler, serverOptions };
}
