/**
 * A port into connections. What every server here needs and none should write again: addresses, limits, counters
 * and the way to stop. It knows sockets and nothing of what is said over them.
 */
import type { BoundSocket, ListenOptions, Server, Socket } from "node:net";
import { addressGroup, isLoopbackGroup } from "./address-group.ts";
import { boundSocket } from "./bound-socket.ts";
import { connectionBudget, DEFAULT_CONNECTIONS_PER_ADDRESS, readDescriptorLimit } from "./connection-limits.ts";
import { type BoundAddress, boundAddress, type ListenAddress } from "./listen-address.ts";
import { listenErrorFrom } from "./listen-error.ts";
import { withSharedReads } from "./shared-reads.ts";
import { pathOfDescriptor, removeStaleSocket } from "./unix-socket.ts";

// An `import` of these reads each of their exports, and so loads what most servers never use: 2 ms of the start.
const { chmodSync } = process.getBuiltinModule("node:fs");
const { createServer } = process.getBuiltinModule("node:net");

// A peer that vanished without a word is asked for a sign of life after this time, whatever else the server does.
const TCP_KEEP_ALIVE_DELAY_MS = 60_000;
// Linux caps it at net.core.somaxconn (4096 since 5.4); Node's own default of 511 overflows in a burst.
const BACKLOG = 4096;

/** Which limit a connection would have exceeded. */
export type RefusalReason = "connections" | "connections-per-address";

export interface ListenerOptions {
  /**
   * Most connections at a time. Default: `min(0.8 × descriptor limit − 64, 10 000)`, so that files and logs can
   * still be opened when every connection is taken.
   */
  readonly maxConnections?: number | undefined;
  /**
   * Most connections at a time from one IPv4 address or one IPv6 /64 network. Default 256, which does not count those
   * from this machine itself (127.0.0.0/8, ::1); a number that is given does. Raise it behind a proxy on another
   * machine, which brings everybody's connections from one address. Unix sockets are not counted.
   */
  readonly maxConnectionsPerAddress?: number | undefined;
  /**
   * Called when `maxConnections` is reached, to close a connection that can be missed (an idle one). Returns whether
   * it did; the new connection then takes its place.
   */
  readonly onFull?: (() => boolean) | undefined;
  /**
   * What to do with a connection over a limit; default: destroy it. The socket is the callee's to close, and is not
   * counted. It has no `error` listener yet.
   */
  readonly onRefusal?: ((socket: Socket, reason: RefusalReason) => void) | undefined;
  /** Told about errors of the listening socket, which goes on listening. Default: they are counted only. */
  readonly onError?: ((error: Error) => void) | undefined;
  /**
   * Whether an address is one of a proxy that will say whom it speaks for: its connections are counted when
   * {@link Listener.identify} is called. Default: there is none.
   */
  readonly isProxy?: ((address: string) => boolean) | undefined;
  /**
   * Reads all connections into one buffer. Their bytes are then had by `receiveBytes`, not as `data` events; the rest
   * of a socket is as it is. Default `false`.
   */
  readonly sharedReads?: boolean | undefined;
  /** Scheme of `BoundAddress.url`; default `tcp`. */
  readonly urlScheme?: string | undefined;
}

/** Numbers that only grow, but for `open`. */
export interface ListenerCounters {
  /** Connections that are open now. */
  readonly open: number;
  readonly accepted: number;
  readonly refused: number;
  /** Errors of the listening socket. */
  readonly errors: number;
}

/** A place where connections arrive. Made by {@link createListener}. */
export class Listener {
  readonly #onConnection: (socket: Socket) => void;
  readonly #options: ListenerOptions;
  readonly #server: Server;
  readonly #maxConnections: number;
  readonly #maxPerAddress: number;
  /** Connections, each with the group that it counts for. */
  readonly #sockets = new Map<Socket, string | undefined>();
  readonly #perGroup = new Map<string, number>();
  readonly #counters = { open: 0, accepted: 0, refused: 0, errors: 0 };
  #address: BoundAddress | undefined;
  #onEmpty: (() => void) | undefined;

  constructor(onConnection: (socket: Socket) => void, options: ListenerOptions) {
    this.#onConnection = onConnection;
    this.#options = options;
    this.#maxConnections = options.maxConnections ?? connectionBudget(readDescriptorLimit());
    this.#maxPerAddress = options.maxConnectionsPerAddress ?? DEFAULT_CONNECTIONS_PER_ADDRESS;
    this.#server = createServer({
      allowHalfOpen: true,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEP_ALIVE_DELAY_MS,
      pauseOnConnect: options.sharedReads === true,
    });
    this.#server.on("connection", (socket) => this.#accept(socket));
  }

  /** `undefined` before {@link listen} and after {@link close}. */
  get address(): BoundAddress | undefined {
    return this.#address;
  }

  /** Live: the same object for the listener's whole life. */
  get counters(): ListenerCounters {
    return this.#counters;
  }

  /** The largest number of connections that it keeps open at a time. */
  get maxConnections(): number {
    return this.#maxConnections;
  }

  /**
   * Starts to accept connections.
   *
   * @throws {ListenError} The address cannot be had. Nothing listens then, and another address may be tried.
   */
  async listen(address: ListenAddress): Promise<BoundAddress> {
    if ("path" in address) await removeStaleSocket(address.path);
    try {
      await this.#bind(address);
    } catch (cause) {
      this.#server.close();
      throw listenErrorFrom(address, cause);
    }
    this.#server.on("error", (error) => this.#onError(error));
    const bound = this.#server.address() ?? ("fd" in address ? pathOfDescriptor(address.fd) : null);
    if (bound === null) throw listenErrorFrom(address, undefined);
    this.#address = boundAddress(bound, this.#options.urlScheme ?? "tcp");
    return this.#address;
  }

  /** Stops accepting. Connections live on; the promise settles when the last of them has ended. */
  close(): Promise<void> {
    this.#address = undefined;
    return new Promise((resolve) => {
      // Node says so when the last connection begins to close: its own "close" may be still to come.
      this.#server.close(() => {
        if (this.#sockets.size === 0) resolve();
        else this.#onEmpty = resolve;
      });
    });
  }

  /**
   * Stops accepting, and gives the listening socket away with the connections that wait on it: none of them is lost,
   * as they are by {@link close}. Hand it to another thread at once with `postMessage(server, [server])`, which Node
   * 24.21 and 26 can and 22 cannot, and have it listen there with `listen({ server })`. Then {@link close} waits for the connections
   * that are open here.
   */
  release(): Server {
    this.#address = undefined;
    return this.#server;
  }

  /**
   * Counts a connection of a proxy for the client that the proxy speaks for.
   *
   * @returns Whether that client is within `maxConnectionsPerAddress`; if not, the connection is the caller's to close.
   */
  identify(socket: Socket, address: string): boolean {
    const group = this.#groupOf(address);
    if (this.#isFull(group)) {
      this.#counters.refused++;
      return false;
    }
    if (!this.#sockets.has(socket)) return true;
    this.#uncount(this.#sockets.get(socket));
    this.#count(socket, group);
    return true;
  }

  /** Destroys every connection that is still open. */
  destroyConnections(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }

  #bind(address: ListenAddress): Promise<void> {
    return new Promise((resolve, reject) => {
      const bound = boundSocket(address);
      this.#server.once("error", reject);
      const onListening = (): void => {
        this.#server.off("error", reject);
        resolve();
      };
      if (bound !== undefined) this.#listenOn(bound, onListening);
      else if ("server" in address) this.#server.listen(address.server, BACKLOG, onListening);
      else this.#server.listen(listenOptions(address), onListening);
      // The socket is bound before `listen` returns and nobody has connected to it before the next turn.
      if ("path" in address && address.mode !== undefined && this.#server.listening) {
        chmodSync(address.path, address.mode);
      }
    });
  }

  #listenOn(bound: BoundSocket, onListening: () => void): void {
    try {
      this.#server.listen(bound, BACKLOG, onListening);
    } catch (error) {
      bound.close();
      throw error;
    }
  }

  #onError(error: Error): void {
    this.#counters.errors++;
    this.#options.onError?.(error);
  }

  #accept(accepted: Socket): void {
    // Asked for now, because a socket that was reset no longer tells.
    const { remoteAddress } = accepted;
    const isProxy = this.#options.isProxy?.(remoteAddress ?? "") === true;
    const group = isProxy ? undefined : this.#groupOf(remoteAddress);
    const reason = this.#refusal(group);
    if (reason !== undefined) {
      this.#refuse(accepted, reason);
      return;
    }
    const socket = this.#options.sharedReads === true ? withSharedReads(accepted) : accepted;
    this.#counters.accepted++;
    this.#counters.open++;
    this.#count(socket, group);
    socket.once("close", () => this.#forget(socket));
    this.#onConnection(socket);
  }

  #groupOf(address: string | undefined): string | undefined {
    if (address === undefined) return undefined;
    const group = addressGroup(address);
    return this.#options.maxConnectionsPerAddress === undefined && isLoopbackGroup(group) ? undefined : group;
  }

  #refusal(group: string | undefined): RefusalReason | undefined {
    if (this.#isFull(group)) return "connections-per-address";
    if (this.#counters.open < this.#maxConnections || this.#options.onFull?.() === true) return undefined;
    return "connections";
  }

  #refuse(socket: Socket, reason: RefusalReason): void {
    this.#counters.refused++;
    const { onRefusal } = this.#options;
    if (onRefusal === undefined) socket.destroy();
    else onRefusal(socket, reason);
  }

  #isFull(group: string | undefined): boolean {
    return group !== undefined && (this.#perGroup.get(group) ?? 0) >= this.#maxPerAddress;
  }

  #count(socket: Socket, group: string | undefined): void {
    this.#sockets.set(socket, group);
    if (group !== undefined) this.#perGroup.set(group, (this.#perGroup.get(group) ?? 0) + 1);
  }

  #uncount(group: string | undefined): void {
    if (group === undefined) return;
    const left = (this.#perGroup.get(group) ?? 1) - 1;
    if (left === 0) this.#perGroup.delete(group);
    else this.#perGroup.set(group, left);
  }

  #forget(socket: Socket): void {
    this.#counters.open--;
    this.#uncount(this.#sockets.get(socket));
    this.#sockets.delete(socket);
    if (this.#sockets.size === 0) this.#onEmpty?.();
  }
}

/**
 * Makes a {@link Listener}. It listens when told to.
 *
 * @param onConnection Given each connection that is within the limits. The socket is half-open capable, has
 *   `TCP_NODELAY` and TCP keep-alive set, and needs an `error` listener.
 */
export function createListener(onConnection: (socket: Socket) => void, options: ListenerOptions = {}): Listener {
  return new Listener(onConnection, options);
}

function listenOptions(address: Exclude<ListenAddress, { readonly server: Server }>): ListenOptions & { fd?: number } {
  if ("fd" in address) return { fd: address.fd };
  if ("path" in address) return { path: address.path, backlog: BACKLOG };
  const { host = "127.0.0.1", port, reusePort = false } = address;
  return { host, port, reusePort, backlog: BACKLOG };
}
