/** A Handler into a listening server: connections come from the listener, and each looks after itself. */
import type { Server, Socket } from "node:net";
import type { Handler, Peer } from "@tinyhttp/handler";
import {
  type BoundAddress,
  createListener,
  DeadlineSweep,
  type ListenAddress,
  type Listener,
  type ListenerCounters,
  type RefusalReason,
} from "@tinyhttp/listener";
import { monotonicMs } from "./clock.ts";
import { Connection } from "./connection.ts";
import { lingerAndClose } from "./lingering-close.ts";
import { type AsyncServerOptions, resolveSettings, sweepPeriodMs } from "./options.ts";
import type { Entered, Entrance } from "./entrance.ts";
import type { Http2Connection } from "./http2/http2-connection.ts";
import { peerOf } from "./peer.ts";
import { trustedProxies } from "./proxy-protocol/trusted-proxies.ts";
import type { RequestCounters, ServerContext } from "./server-context.ts";
import { TlsError } from "./tls/tls-error.ts";
import type { TlsCertificate } from "./tls/tls-options.ts";

const DEFAULT_DRAIN_MS = 30_000;
/** A client that was answered less than this ago is given the time to send its next request, and is told then. */
const IN_FULL_SWING_MS = 100;
/** Refused connections that are closed politely at a time; others are cut off. */
const MOST_LINGERING_REFUSALS = 64;
const REFUSAL_LINGER_MS = 1000;
const REFUSAL: Uint8Array = Buffer.from(
  "HTTP/1.1 503 Service Unavailable\r\n" +
    "Content-Type: text/plain; charset=utf-8\r\n" +
    "Content-Length: 21\r\n" +
    "Retry-After: 1\r\n" +
    "Connection: close\r\n\r\n" +
    "Too many connections\n",
  "latin1",
);

// RFC 7301 §6, RFC 9113 §3.1: what they are called in ALPN.
const HTTP_1 = "http/1.1";
const HTTP_2 = "h2";

export interface CloseOptions {
  /** Longest time in milliseconds for what is in flight; then connections are destroyed. Default 30 000. */
  readonly deadlineMs?: number | undefined;
}

/** Live numbers; all but `answering` and `connections.open` only grow. */
export interface AsyncServerCounters extends Readonly<RequestCounters> {
  readonly connections: ListenerCounters;
}

/** A server for one event loop. Made by {@link createAsyncServer}. */
export class AsyncServer {
  readonly #context: ServerContext;
  readonly #options: AsyncServerOptions;
  readonly #isProxy: ((address: string) => boolean) | undefined;
  readonly #listener: Listener;
  readonly #connections = new Set<Connection | Http2Connection>();
  readonly #refused = new Set<Socket>();
  #entrance: Entrance | undefined;
  #http2: typeof Http2Connection | undefined;
  readonly counters: AsyncServerCounters;

  constructor(handler: Handler, options: AsyncServerOptions) {
    const settings = resolveSettings(options);
    const requestCounters: RequestCounters = { requests: 0, answering: 0, malformed: 0, timedOut: 0 };
    this.#context = {
      handler,
      settings,
      parserOptions: { limits: options.parserLimits },
      sweep: new DeadlineSweep(sweepPeriodMs(settings)),
      counters: requestCounters,
      onExchange: options.onExchange,
      onConnection: options.onConnection,
      onError: options.onError ?? reportError,
      isClosing: false,
      now: monotonicMs(),
    };
    this.#options = options;
    const { proxyProtocol, tls } = options;
    this.#isProxy = proxyProtocol === undefined ? undefined : trustedProxies(proxyProtocol.trusted);
    this.#listener = createListener((socket) => this.#onConnection(socket), {
      maxConnections: options.maxConnections,
      maxConnectionsPerAddress: options.maxConnectionsPerAddress,
      onFull: () => this.#shedIdle(),
      onRefusal: (socket, reason) => this.#refuse(socket, reason),
      onError: (error) => this.#context.onError(error),
      isProxy: this.#isProxy,
      // OpenSSL reads by itself.
      sharedReads: tls === undefined,
      urlScheme: tls === undefined ? "http" : "https",
    });
    this.counters = Object.assign(requestCounters, { connections: this.#listener.counters });
  }

  /** Where it listens; `undefined` before {@link listen} and after {@link close}. */
  get address(): BoundAddress | undefined {
    return this.#listener.address;
  }

  /**
   * @throws {TlsError} What was given for TLS cannot be used.
   * @throws {ListenError} The address cannot be had (see `@tinyhttp/listener`).
   */
  async listen(address: ListenAddress): Promise<BoundAddress> {
    this.#entrance ??= await this.#openEntrance();
    return this.#listener.listen(address);
  }

  /**
   * Shows other certificates from the next handshake on. Connections stay as they are.
   *
   * @throws {TlsError} One of them cannot be used, and the server goes on with those that it has; or it does not speak
   *   TLS, or does not listen yet (`no-tls`).
   */
  replaceCertificates(certificates: readonly TlsCertificate[]): void {
    if (this.#options.tls === undefined || this.#entrance === undefined) {
      throw new TlsError("no-tls", "Cannot replace certificates: expected a server that listens and speaks TLS");
    }
    this.#entrance.replaceCertificates(certificates);
  }

  /** Gives the listening socket to another thread (see `Listener.release`); {@link close} ends the connections. */
  release(): Server {
    return this.#listener.release();
  }

  /**
   * Stops: accepts no more connections, closes idle ones, ends each other one after the response that it is at
   * (`Connection: close`), and destroys what is left at the deadline. Settles when no connection is left.
   */
  async close(options: CloseOptions = {}): Promise<void> {
    this.#context.isClosing = true;
    const closed = this.#listener.close();
    for (const socket of this.#refused) socket.destroy();
    // Not in this turn: requests that have come in already are looked at by the event loop first.
    setImmediate(() => this.#drain(IN_FULL_SWING_MS));
    const lastCall = setTimeout(() => this.#drain(0), IN_FULL_SWING_MS);
    const deadline = setTimeout(() => this.#listener.destroyConnections(), options.deadlineMs ?? DEFAULT_DRAIN_MS);
    await closed;
    clearTimeout(lastCall);
    clearTimeout(deadline);
  }

  /** What a server of plain HTTP, with no proxy before it, does not even load. */
  async #openEntrance(): Promise<Entrance | undefined> {
    const { tls } = this.#options;
    if (tls === undefined && this.#isProxy === undefined) return undefined;
    const { Entrance } = await import("./entrance.ts");
    if (tls !== undefined && this.#options.http2 !== false) {
      this.#http2 = (await import("./http2/http2-connection.ts")).Http2Connection;
    }
    return new Entrance(this.#context, {
      tls,
      protocols: this.#http2 === undefined ? [HTTP_1] : [HTTP_2, HTTP_1],
      isProxy: this.#isProxy,
      identify: (socket, address) => this.#listener.identify(socket, address),
      onEntered: (entered) => this.#onEntered(entered),
    });
  }

  #drain(quietMs: number): void {
    if (quietMs === 0) this.#entrance?.close();
    for (const connection of this.#connections) connection.drain(quietMs);
  }

  #onConnection(socket: Socket): void {
    if (this.#entrance === undefined) this.#serve(socket, peerOf(socket));
    else this.#entrance.accept(socket);
  }

  #onEntered({ socket, peer, firstBytes, protocol }: Entered): void {
    if (protocol === HTTP_2 && this.#http2 !== undefined) {
      this.#keep(new this.#http2(this.#context, socket, peer), socket);
      return;
    }
    const connection = this.#serve(socket, peer);
    if (firstBytes !== undefined) connection.onBytes(firstBytes);
  }

  #serve(socket: Socket, peer: Peer): Connection {
    const connection = new Connection(this.#context, socket, peer);
    this.#keep(connection, socket);
    return connection;
  }

  #keep(connection: Connection | Http2Connection, socket: Socket): void {
    this.#connections.add(connection);
    socket.once("close", () => this.#connections.delete(connection));
    this.#context.onConnection?.({ kind: "opened", peer: connection.peer });
  }

  /** Under pressure, a connection that does nothing makes room for one that may. The oldest goes first. */
  #shedIdle(): boolean {
    for (const connection of this.#connections) {
      if (!connection.isIdle) continue;
      this.#connections.delete(connection);
      connection.shed();
      return true;
    }
    return false;
  }

  #refuse(socket: Socket, reason: RefusalReason): void {
    this.#context.onConnection?.({ kind: "refused", peer: peerOf(socket), reason });
    socket.on("error", () => {});
    // Nothing can be said to a client that speaks TLS before a handshake, which costs more than a request.
    if (this.#options.tls !== undefined || this.#refused.size >= MOST_LINGERING_REFUSALS) {
      socket.destroy();
      return;
    }
    this.#refused.add(socket);
    socket.once("close", () => this.#refused.delete(socket));
    lingerAndClose(socket, this.#context.sweep, REFUSAL_LINGER_MS, { lastWords: REFUSAL });
  }
}

/**
 * Makes a server. It listens when told to.
 *
 * @throws {RangeError} An option is out of its range.
 */
export function createAsyncServer(handler: Handler, options: AsyncServerOptions = {}): AsyncServer {
  return new AsyncServer(handler, options);
}

function reportError(error: unknown): void {
  console.error(error);
}
