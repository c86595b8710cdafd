/** `tinyhttp serve`: options into a handler, a server around it, and what a person sees of both. */
import { resolve } from "node:path";
import type { BoundAddress } from "@tinyhttp/listener";
import { announce } from "../announcement.ts";
import type { App } from "../app.ts";
import { listenInherited, listenTcp } from "../listen.ts";
import type { GivenOptions, Options } from "../options.ts";
import type { Reach } from "../reach.ts";
import type { RunningServer } from "../running-server.ts";
import { planServing } from "../serve-plan.ts";
import { handleSignals, type SignalActions } from "../signals.ts";
import { singleThread } from "../single-thread.ts";
import { isTerminal, say, STDERR } from "../terminal.ts";

// What a client that is being served gets to finish, once the program was told to end.
const DRAIN_MS = 30_000;

/** Resolves when it listens and has said so; it ends with a signal, or when its time is up. */
export async function serve(words: readonly string[], typed: GivenOptions): Promise<void> {
  const { app, configuration, reach, threads, lifetimeMs, warnings } = await planServing(words, typed, process.env);
  const { given, options } = configuration;
  const server = await createServer(app, threads);
  // A signal that comes while it begins to listen ends it properly too.
  const endGently = handleSignals(endings(server));
  const address = await listen(server, reach, given, options);
  if (lifetimeMs !== undefined) setTimeout(endGently, lifetimeMs);
  const endsAt = lifetimeMs === undefined ? undefined : new Date(Date.now() + lifetimeMs);
  await announce({ address, subject: resolve(options.handler ?? options.root), given, options, endsAt, warnings });
}

async function createServer(app: App, threads: number): Promise<RunningServer> {
  if (threads === 1) return singleThread(app);
  const { severalThreads } = await import("../several-threads.ts");
  return severalThreads(app, threads);
}

async function listen(
  server: RunningServer,
  reach: Reach,
  given: GivenOptions,
  options: Options,
): Promise<BoundAddress> {
  const isAddressGiven = given.port !== undefined || given.host !== undefined;
  const inherited = isAddressGiven ? undefined : await listenInherited(server, reach);
  if (inherited !== undefined) return inherited;
  return listenTcp(server, { host: reach.host, port: options.port, isPortGiven: given.port !== undefined });
}

function endings(server: RunningServer): SignalActions {
  return {
    drain: () => {
      const answering = server.answering();
      if (answering > 0 && isTerminal(STDERR)) say(STDERR, drainingSentence(answering));
      void server.close(DRAIN_MS).finally(() => process.exit());
    },
    endNow: () => process.exit(),
    refresh: server.refresh,
  };
}

function drainingSentence(answering: number): string {
  const what = answering === 1 ? "1 request" : `${answering} requests`;
  return `\nFinishing ${what}; press ctrl-c again to stop at once`;
}
