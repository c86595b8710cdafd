/** Which port or socket to take, and what to say when it cannot be had. */
import { inheritedListenAddress, type BoundAddress } from "@tinyhttp/listener";
import { CannotRun } from "./failure.ts";
import { isLoopback } from "./loopback.ts";
import { EVERY_ADDRESS, type Reach } from "./reach.ts";
import type { RunningServer } from "./running-server.ts";

/** Ports tried, from the default on, when none was asked for. */
const PORTS_TRIED = 20;
const EVERY_IPV4_ADDRESS = "0.0.0.0";
/** What a system says that speaks version 4 only. */
const NO_IPV6 = new Set(["EAFNOSUPPORT", "EADDRNOTAVAIL"]);

export interface WantedAddress {
  /** `undefined`: every address of this machine. */
  readonly host: string | undefined;
  readonly port: number;
  /** Whether the port was asked for, so that no other will do. */
  readonly isPortGiven: boolean;
}

/** The socket that a service manager has opened for this program; `undefined` when there is none. */
export async function listenInherited(
  server: Pick<RunningServer, "listen">,
  { mode }: Pick<Reach, "mode">,
): Promise<BoundAddress | undefined> {
  try {
    const inherited = inheritedListenAddress(process.env);
    if (inherited === undefined) return undefined;
    const address = await server.listen(inherited);
    if (mode === "private" && address.kind === "tcp" && !isLoopback(address.host)) throw notPrivate(address);
    return address;
  } catch (cause) {
    if (cause instanceof CannotRun) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRun(`${reason}; hand over one listening socket, or none`, { cause });
  }
}

function notPrivate({ url }: BoundAddress): CannotRun {
  return new CannotRun(
    `Cannot use the inherited socket at ${url} in private mode, which is for this machine alone: let the service manager listen on 127.0.0.1, or choose another --mode`,
  );
}

export async function listenTcp(server: Pick<RunningServer, "listen">, wanted: WantedAddress): Promise<BoundAddress> {
  // IPv6 as it stands in a URL is as clear.
  const host = (wanted.host ?? EVERY_ADDRESS).replace(/^\[(.*)\]$/, "$1");
  const ports = candidatePorts(wanted);
  for (const port of ports) {
    try {
      return await server.listen({ port, host });
    } catch (error) {
      if (error instanceof CannotRun) throw error;
      if (error instanceof Error && error.name === "TlsError") throw new CannotRun(error.message, { cause: error });
      if (wanted.host === undefined && NO_IPV6.has(systemCode(error))) {
        return listenTcp(server, { ...wanted, host: EVERY_IPV4_ADDRESS });
      }
      if (systemCode(error) === "EADDRINUSE" && port !== ports.at(-1)) continue;
      throw new CannotRun(cannotListen(wanted, systemCode(error)), { cause: error });
    }
  }
  throw new CannotRun(cannotListen(wanted, "EADDRINUSE"));
}

export async function listenUnix(server: Pick<RunningServer, "listen">, path: string): Promise<BoundAddress> {
  try {
    return await server.listen({ path });
  } catch (cause) {
    if (cause instanceof CannotRun) throw cause;
    if (cause instanceof Error && cause.name === "TlsError") throw new CannotRun(cause.message, { cause });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRun(`${reason}; choose another --socket`, { cause });
  }
}

export function candidatePorts({ port, isPortGiven }: WantedAddress): number[] {
  return isPortGiven ? [port] : Array.from({ length: PORTS_TRIED }, (_, step) => port + step);
}

/** One sentence for a failed attempt, ending in what would help. */
export function cannotListen(wanted: WantedAddress, code: string): string {
  const { host = EVERY_ADDRESS, port, isPortGiven } = wanted;
  const action = `Cannot listen on ${host.includes(":") ? `[${host}]` : host}:${port}`;
  switch (code) {
    case "EADDRINUSE":
      if (isPortGiven)
        return `${action}: another program uses port ${port}; choose another --port, or 0 for any free one`;
      return `Cannot listen on ports ${port} to ${port + PORTS_TRIED - 1}: all are in use; choose a free one with --port`;
    case "EACCES":
    case "EPERM":
      return `${action}: port ${port} needs privileges that this user lacks; choose a --port of 1024 or above`;
    case "EADDRNOTAVAIL":
      return `${action}: this machine has no address ${host}; use --host 127.0.0.1, or --host 0.0.0.0 for all its addresses`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${action}: the name ${JSON.stringify(host)} has no address; give --host an address such as 127.0.0.1`;
    default:
      return `${action}: the system refused with ${code}; choose another --host or --port`;
  }
}

function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
