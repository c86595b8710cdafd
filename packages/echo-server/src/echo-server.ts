/** Connections come from the listener, and each looks after itself. */
import type { Socket } from "node:net";
import type { SecureContext, SecureContextOptions } from "node:tls";
import {
  type BoundAddress,
  createListener,
  DeadlineSweep,
  type ListenAddress,
  type Listener,
  type ListenerCounters,
} from "@tinyhttp/listener";
import { Echo, type EchoContext, type EchoCounters } from "./echo.ts";

const DEFAULT_IDLE_MS = 60_000;
const DEFAULT_DRAIN_MS = 30_000;
const LONGEST_SWEEP_PERIOD_MS = 1000;

export interface EchoServerOptions {
  /** Most connections at a time; default `min(0.8 × descriptor limit − 64, 10 000)`. More are destroyed. */
  readonly maxConnections?: number | undefined;
  /** Most connections at a time from one IPv4 address or IPv6 /64 network. Default 256, which does not count those from this machine itself; a number that is given does. */
  readonly maxConnectionsPerAddress?: number | undefined;
  /** Time in milliseconds without a byte in either direction after which a connection is destroyed; default 60 000. `Infinity` for never. */
  readonly idleTimeoutMs?: number | undefined;
  /** Bytes that one connection gets back; the server ends its side after them. Default `Infinity`. */
  readonly maxBytesPerConnection?: number | undefined;
  /** Speaks TLS with this certificate and key, as `createSecureContext` of `node:tls` takes them. Default: plain TCP. */
  readonly tls?: SecureContextOptions | undefined;
}

export interface CloseOptions {
  /** Longest time in milliseconds for peers to take what is theirs; then connections are destroyed. Default 30 000. */
  readonly deadlineMs?: number | undefined;
}

/** Live: the same object for the server's whole life. */
export interface EchoServerCounters extends Readonly<EchoCounters> {
  readonly connections: ListenerCounters;
}

/** A server that says nothing of its own. Made by {@link createEchoServer}. */
export class EchoServer {
  readonly #context: EchoContext;
  readonly #listener: Listener;
  readonly #secureContext: SecureContext | undefined;
  readonly #echoes = new Set<Echo>();
  readonly counters: EchoServerCounters;

  constructor(options: EchoServerOptions) {
    const idleTimeoutMs = aboveZero("idleTimeoutMs", options.idleTimeoutMs ?? DEFAULT_IDLE_MS);
    const maxBytesPerConnection = aboveZero("maxBytesPerConnection", options.maxBytesPerConnection ?? Infinity);
    const echoed: EchoCounters = { bytes: 0, timedOut: 0, overLimit: 0, broken: 0 };
    // A connection is given up at most a quarter late.
    const sweep = new DeadlineSweep(Math.min(LONGEST_SWEEP_PERIOD_MS, idleTimeoutMs / 4));
    this.#context = { idleTimeoutMs, maxBytesPerConnection, sweep, counters: echoed };
    this.#secureContext = options.tls === undefined ? undefined : secureContext(options.tls);
    this.#listener = createListener((socket) => this.#onConnection(socket), {
      maxConnections: options.maxConnections,
      maxConnectionsPerAddress: options.maxConnectionsPerAddress,
      urlScheme: options.tls === undefined ? "tcp" : "tls",
    });
    this.counters = Object.assign(echoed, { connections: this.#listener.counters });
  }

  /** Where it listens; `undefined` before {@link listen} and after {@link close}. */
  get address(): BoundAddress | undefined {
    return this.#listener.address;
  }

  /** @throws {ListenError} The address cannot be had (see `@tinyhttp/listener`). */
  listen(address: ListenAddress): Promise<BoundAddress> {
    return this.#listener.listen(address);
  }

  /**
   * Stops: accepts no more connections, sends back what has been read, ends its side of each connection, and destroys
   * what is left at the deadline. Settles when no connection is left.
   */
  async close({ deadlineMs = DEFAULT_DRAIN_MS }: CloseOptions = {}): Promise<void> {
    const closed = this.#listener.close();
    for (const echo of this.#echoes) echo.finish();
    const deadline = setTimeout(() => this.#listener.destroyConnections(), deadlineMs);
    await closed;
    clearTimeout(deadline);
  }

  #onConnection(accepted: Socket): void {
    const socket = this.#secureContext === undefined ? accepted : secured(accepted, this.#secureContext);
    const echo = new Echo(socket, this.#context);
    this.#echoes.add(echo);
    accepted.once("close", () => this.#echoes.delete(echo));
  }
}

/**
 * Makes a server. It listens when told to.
 *
 * @throws {RangeError} An option is out of its range.
 * @throws {Error} The certificate or the key cannot be used.
 */
export function createEchoServer(options: EchoServerOptions = {}): EchoServer {
  return new EchoServer(options);
}

function secureContext(options: SecureContextOptions): SecureContext {
  return process.getBuiltinModule("node:tls").createSecureContext(options);
}

function secured(accepted: Socket, context: SecureContext): Socket {
  const { TLSSocket } = process.getBuiltinModule("node:tls");
  return new TLSSocket(accepted, { isServer: true, secureContext: context });
}

function aboveZero(name: string, value: number): number {
  if (value > 0) return value;
  throw new RangeError(`Cannot make an echo server: expected ${name} above 0, got ${value}`);
}
