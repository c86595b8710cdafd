/** `tinyhttp serve`: options into a handler, a server around it, and what a person sees of both. */
import { resolve } from "node:path";
import { createAsyncServer, type AsyncServer } from "@tinyhttp/async-server";
import type { Handler } from "@tinyhttp/handler";
import type { BoundAddress } from "@tinyhttp/listener";
import { banner, browsableUrl, exposureWarning, isExposed } from "../banner.ts";
import { directoryHandler, moduleHandler, refuseFileOptions } from "../compose-handler.ts";
import { UsageError } from "../failure.ts";
import { listenInherited, listenTcp } from "../listen.ts";
import { withDefaults, type GivenOptions, type Options } from "../options.ts";
import { openReports, type Reports } from "../reports.ts";
import { handleSignals, type SignalActions } from "../signals.ts";
import { isTerminal, say, STDERR, STDOUT, wantsColours, warn } from "../terminal.ts";

// What a client that is being served gets to finish, once the program was told to end.
const DRAIN_MS = 30_000;

/** Resolves when it listens and has said so; it ends with a signal. */
export async function serve([root]: readonly string[], given: GivenOptions): Promise<void> {
  const options = withDefaults(given);
  if (options.quiet && options.debug) {
    throw new UsageError("Cannot be --quiet and --debug at once: leave one of them out");
  }
  const handler = await chooseHandler(root, given, options);
  const reports = openReports(options);
  const server = createAsyncServer(handler, reports.observers);
  const address = await listen(server, given, options);
  handleSignals(endings(server, reports));
  announce(address, resolve(options.handler ?? root ?? "."), given, options);
}

async function chooseHandler(root: string | undefined, given: GivenOptions, options: Options): Promise<Handler> {
  if (options.handler === undefined) return directoryHandler(root ?? ".", options);
  refuseFileOptions(root, given);
  return moduleHandler(options.handler);
}

async function listen(server: AsyncServer, given: GivenOptions, options: Options): Promise<BoundAddress> {
  const isAddressGiven = given.port !== undefined || given.host !== undefined;
  const inherited = isAddressGiven ? undefined : await listenInherited(server);
  if (inherited !== undefined) return inherited;
  return listenTcp(server, { host: options.host, port: options.port, isPortGiven: given.port !== undefined });
}

function endings(server: AsyncServer, reports: Reports): SignalActions {
  return {
    drain: () => {
      const { answering } = server.counters;
      if (answering > 0 && isTerminal(STDERR)) say(STDERR, drainingSentence(answering));
      void server
        .close({ deadlineMs: DRAIN_MS })
        .then(() => reports.close())
        .finally(() => process.exit());
    },
    endNow: () => process.exit(),
    reopenLog: reports.reopen,
  };
}

function drainingSentence(answering: number): string {
  const what = answering === 1 ? "1 request" : `${answering} requests`;
  return `\nFinishing ${what}; press ctrl-c again to stop at once`;
}

function announce(address: BoundAddress, subject: string, given: GivenOptions, options: Options): void {
  const url = browsableUrl(address, options["base-path"]);
  if (!options.quiet) {
    const isMoved = address.kind === "tcp" && given.port === undefined && address.port !== options.port;
    const notes = isMoved ? [`Port ${options.port} is taken, so this is port ${address.port}`] : [];
    const facts = { subject, url, isExposed: isExposed(address), notes };
    say(STDOUT, isTerminal(STDOUT) ? banner(facts, wantsColours(STDOUT, process.env)) : url);
  }
  if (address.kind === "tcp" && isExposed(address)) {
    const right = options.handler === undefined ? "read" : "use";
    warn(exposureWarning(address.host, `${right} "${subject}"`));
  }
  if (options.open) void import("../open-browser.ts").then(({ openBrowser }) => openBrowser(url, warn));
}
