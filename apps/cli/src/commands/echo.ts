/** `tinyhttp echo`: every byte back, for whoever tests a client, a proxy or a network. */
import type { networkInterfaces } from "node:os";
import { createEchoServer, type EchoServer } from "@tinyhttp/echo-server";
import type { BoundAddress } from "@tinyhttp/listener";
import { formatSize } from "../access-log/pretty.ts";
import { banner, exposureWarning, isExposed, networkUrls } from "../banner.ts";
import { readDuration } from "../duration.ts";
import { CannotRun, UsageError } from "../failure.ts";
import { listenTcp, listenUnix } from "../listen.ts";
import { withDefaults, type GivenOptions, type Options } from "../options.ts";
import { readServeWords } from "../serve-words.ts";
import { handleSignals } from "../signals.ts";
import { systemReason } from "../system-reason.ts";
import { isTerminal, say, STDERR, STDOUT, wantsColours, warn } from "../terminal.ts";

const { readFileSync } = process.getBuiltinModule("node:fs");

// What a peer gets to take what is on its way back, once the program was told to end.
const DRAIN_MS = 30_000;
/** For somebody who tries it out for the first time. */
const LOOPBACK = "127.0.0.1";

/** Resolves when it listens and has said so; it ends with a signal, or when its time is up. */
export async function echo([word]: readonly string[], typed: GivenOptions): Promise<void> {
  const given = { ...typed, ...readPort(word, typed) };
  const options = withDefaults(given);
  const lifetimeMs = options.for === undefined ? undefined : readDuration("--for", options.for);
  const server = createServer(options);
  const endGently = handleSignals({
    drain: () => {
      if (isTerminal(STDERR)) say(STDERR, endSentence(server));
      void server.close({ deadlineMs: DRAIN_MS }).finally(() => process.exit());
    },
    endNow: () => process.exit(),
  });
  const address = await listen(server, given, options);
  if (lifetimeMs !== undefined) setTimeout(endGently, lifetimeMs);
  announce(address, options, lifetimeMs === undefined ? undefined : new Date(Date.now() + lifetimeMs));
}

function readPort(word: string | undefined, { port, socket }: GivenOptions): { port?: number } {
  const named = word === undefined ? {} : readServeWords([word], () => false);
  if (named.root !== undefined) {
    throw new UsageError(`Cannot tell what ${JSON.stringify(word)} is for: write tinyhttp echo [port]`);
  }
  const wanted = [named.port, port, socket].filter((one) => one !== undefined);
  if (wanted.length > 1) {
    throw new UsageError(`Cannot listen on ${wanted.join(" and ")} at once: leave one of them out`);
  }
  return named.port === undefined ? {} : { port: named.port };
}

function createServer(options: Options): EchoServer {
  const { "tls-cert": certificates, "tls-key": keys } = options;
  if ((certificates === undefined) !== (keys === undefined)) {
    throw new UsageError("Cannot encrypt with --tls-cert or --tls-key alone: give both");
  }
  try {
    return createEchoServer({
      idleTimeoutMs: readDuration("--idle-timeout", options["idle-timeout"]),
      maxBytesPerConnection: options["max-bytes"],
      maxConnections: options["max-connections"],
      maxConnectionsPerAddress: options["max-connections-per-address"],
      tls: certificates && { cert: certificates.map(readPem), key: keys?.map(readPem) },
    });
  } catch (cause) {
    if (cause instanceof UsageError || cause instanceof CannotRun) throw cause;
    throw new CannotRun(`Cannot use the certificate: ${systemReason(cause)}; give PEM files that belong together`, {
      cause,
    });
  }
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new CannotRun(`Cannot read ${JSON.stringify(path)}: ${systemReason(cause)}; name a PEM file`, { cause });
  }
}

async function listen(server: EchoServer, given: GivenOptions, options: Options): Promise<BoundAddress> {
  const { socket, port, host = LOOPBACK } = options;
  if (socket !== undefined) return listenUnix(server, socket);
  return listenTcp(server, { host, port, isPortGiven: given.port !== undefined });
}

function announce(address: BoundAddress, options: Options, endsAt: Date | undefined): void {
  const exposed = isExposed(address);
  if (!options.quiet) say(STDOUT, isTerminal(STDOUT) ? bannerText(address, exposed, endsAt) : address.url);
  if (exposed && address.kind === "tcp") warn(exposureWarning(address.host, "have their bytes sent back"));
}

function bannerText(address: BoundAddress, exposed: boolean, endsAt: Date | undefined): string {
  const shown = {
    does: "sends every byte back",
    url: address.url,
    networkUrls: networkUrls(address, "/", interfaces).map((url) => url.slice(0, -1)),
    mode: exposed ? "public" : "private",
    reach: exposed ? "anyone on the network can reach it" : "only this machine can reach it",
    endsAt,
    notes: [],
  };
  return banner(shown, wantsColours(STDOUT, process.env));
}

function interfaces(): ReturnType<typeof networkInterfaces> {
  return process.getBuiltinModule("node:os").networkInterfaces();
}

function endSentence({ counters }: EchoServer): string {
  const { open, accepted } = counters.connections;
  const past = `\nSent ${formatSize(counters.bytes)} back over ${countOf(accepted)}`;
  return open === 0 ? past : `${past}; finishing ${countOf(open)}, press ctrl-c again to stop at once`;
}

function countOf(connections: number): string {
  return connections === 1 ? "1 connection" : `${connections} connections`;
}
