/** `tinyhttp serve`: options into a handler, a server around it, and what a person sees of both. */
import { resolve } from "node:path";
import type { BoundAddress } from "@tinyhttp/listener";
import { announce } from "../announcement.ts";
import { listenInherited, listenTcp, listenUnix } from "../listen.ts";
import type { GivenOptions, Options } from "../options.ts";
import type { Reach } from "../reach.ts";
import type { RunningServer } from "../running-server.ts";
import { planServing, type ServePlan } from "../serve-plan.ts";
import { handleSignals, type SignalActions } from "../signals.ts";
import { singleThread } from "../single-thread.ts";
import { isTerminal, say, STDERR } from "../terminal.ts";
import type { Upkeep } from "../upkeep.ts";

// What a client that is being served gets to finish, once the program was told to end.
const DRAIN_MS = 30_000;

/** Resolves when it listens and has said so; it ends with a signal, or when its time is up. */
export async function serve(words: readonly string[], typed: GivenOptions): Promise<void> {
  const plan = await planServing(words, typed, process.env);
  const { configuration, reach, transport, lifetimeMs } = plan;
  const { given, options } = configuration;
  const server = await createServer(plan);
  // A signal that comes while it begins to listen ends it properly too.
  const extras: Extras = {};
  const endGently = handleSignals(endings(server, extras));
  const address = await listen(server, reach, given, options);
  if (options["security-log"] !== undefined) {
    const { recordStart } = await import("../start-record.ts");
    await recordStart(configuration, address);
  }
  if (transport !== undefined) {
    const { beginUpkeep } = await import("../upkeep.ts");
    extras.upkeep = await beginUpkeep(server, transport, options, reach, address);
  }
  if (lifetimeMs !== undefined) setTimeout(endGently, lifetimeMs);
  void server.downloaded?.then(endGently);
  const endsAt = lifetimeMs === undefined ? undefined : new Date(Date.now() + lifetimeMs);
  await announce({
    address,
    subject: resolve(options.handler ?? options.root),
    given,
    options,
    endsAt,
    warnings: plan.warnings,
    fingerprints: transport?.fingerprints,
  });
}

async function createServer({ app, serverOptions, threads }: ServePlan): Promise<RunningServer> {
  if (threads === 1) return singleThread(app, serverOptions);
  const { severalThreads } = await import("../several-threads.ts");
  return severalThreads(app, serverOptions, threads);
}

async function listen(
  server: RunningServer,
  reach: Reach,
  given: GivenOptions,
  options: Options,
): Promise<BoundAddress> {
  if (reach.socket !== undefined) return listenUnix(server, reach.socket);
  const isAddressGiven = given.port !== undefined || given.host !== undefined;
  const inherited = isAddressGiven ? undefined : await listenInherited(server, reach);
  if (inherited !== undefined) return inherited;
  return listenTcp(server, { host: reach.host, port: options.port, isPortGiven: given.port !== undefined });
}

/** What runs beside the server, once it listens. */
interface Extras {
  upkeep?: Upkeep;
}

function endings(server: RunningServer, extras: Extras): SignalActions {
  return {
    drain: () => {
      const answering = server.answering();
      if (answering > 0 && isTerminal(STDERR)) say(STDERR, drainingSentence(answering));
      void Promise.all([server.close(DRAIN_MS), extras.upkeep?.close()]).finally(() => process.exit());
    },
    endNow: () => process.exit(),
    get refresh() {
      const { upkeep } = extras;
      if (upkeep === undefined) return server.refresh;
      return () => {
        server.refresh?.();
        upkeep.refresh();
      };
    },
  };
}

function drainingSentence(answering: number): string {
  const what = answering === 1 ? "1 request" : `${answering} requests`;
  return `\nFinishing ${what}; press ctrl-c again to stop at once`;
}
