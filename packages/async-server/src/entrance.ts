/**
 * What comes before HTTP on a connection: the word of a proxy, whom it speaks for, and the handshake of TLS. A server
 * that asks for neither has no entrance.
 */
import type { Socket } from "node:net";
import type { Peer } from "@tinyhttp/handler";
import { ArrivingConnection, type Arrival } from "./arriving-connection.ts";
import type { ConnectionEvent } from "./observers.ts";
import { peerOf } from "./peer.ts";
import type { ServerContext } from "./server-context.ts";
import { lingerAndClose } from "./lingering-close.ts";
import { clientCertificate } from "./tls/client-certificate.ts";
import { type HandshakeError, TlsFront } from "./tls/tls-front.ts";
import type { TlsCertificate, TlsOptions } from "./tls/tls-options.ts";

const NOT_TLS: Uint8Array = plainAnswer("This port speaks TLS: ask for https:// instead\n");
const NOT_PROXIED: Uint8Array = plainAnswer("Cannot read the PROXY header of the connection\n");

/** A connection that is ready for HTTP. */
export interface Entered {
  readonly socket: Socket;
  readonly peer: Peer;
  /** What the client has sent already. */
  readonly firstBytes: Uint8Array | undefined;
  /** What was agreed on by ALPN. */
  readonly protocol: string | undefined;
}

export interface EntranceOptions {
  readonly tls: TlsOptions | undefined;
  /** What is offered by ALPN, the best first. */
  readonly protocols: readonly string[];
  readonly isProxy: ((address: string) => boolean) | undefined;
  /** Counts a connection for the client behind a proxy. Returns whether that has not too many. */
  readonly identify: (socket: Socket, address: string) => boolean;
  readonly onEntered: (entered: Entered) => void;
}

export class Entrance {
  readonly #context: ServerContext;
  readonly #options: EntranceOptions;
  readonly #front: TlsFront | undefined;
  readonly #peers = new Map<Socket, Peer>();

  /** @throws {TlsError} The options for TLS cannot be used. */
  constructor(context: ServerContext, options: EntranceOptions) {
    this.#context = context;
    this.#options = options;
    if (options.tls === undefined) return;
    this.#front = new TlsFront(options.tls, options.protocols, {
      onSecure: (socket, connection) => {
        const peer = { ...this.#peerOf(connection), encrypted: true, certificate: clientCertificate(socket) };
        this.#peers.delete(connection);
        const protocol = typeof socket.alpnProtocol === "string" ? socket.alpnProtocol : undefined;
        this.#options.onEntered({ socket, peer, firstBytes: undefined, protocol });
      },
      onFailure: (error, connection) => this.#onHandshakeFailure(error, this.#peerOf(connection)),
    });
  }

  accept(socket: Socket): void {
    const peer = peerOf(socket);
    const awaitsProxy = this.#options.isProxy?.(peer.address) === true;
    if (!awaitsProxy && this.#front === undefined) {
      this.#options.onEntered({ socket, peer, firstBytes: undefined, protocol: undefined });
      return;
    }
    this.#peers.set(socket, peer);
    socket.once("close", () => this.#peers.delete(socket));
    const arriving = new ArrivingConnection(socket, this.#context, {
      awaitsProxy,
      awaitsTls: this.#front !== undefined,
      onArrival: (arrival) => this.#onArrival(socket, arrival),
      onTimeout: () => this.#noteTimeout("first-byte", this.#peerOf(socket)),
    });
    arriving.receive();
  }

  /** Ends what has not got as far as HTTP. */
  close(): void {
    for (const socket of this.#peers.keys()) socket.destroy();
  }

  replaceCertificates(certificates: readonly TlsCertificate[]): void {
    this.#front?.replaceCertificates(certificates);
  }

  #onArrival(socket: Socket, arrival: Arrival): void {
    switch (arrival.kind) {
      case "bad-proxy-header":
        this.#turnAway(socket, NOT_PROXIED, { code: "bad-proxy-header", status: 400, message: arrival.reason });
        return;
      case "not-tls":
        this.#turnAway(socket, NOT_TLS, { code: "not-tls", status: 400, message: "Cannot shake hands: it is not TLS" });
        return;
      case "arrived":
        this.#enter(socket, arrival);
    }
  }

  #enter(socket: Socket, { client, firstBytes }: Arrival & { kind: "arrived" }): void {
    if (client !== undefined) {
      this.#peers.set(socket, { ...client, encrypted: false });
      if (!this.#options.identify(socket, client.address)) {
        this.#context.onConnection?.({
          kind: "refused",
          peer: this.#peerOf(socket),
          reason: "connections-per-address",
        });
        socket.destroy();
        return;
      }
    }
    if (this.#front === undefined) {
      const peer = this.#peerOf(socket);
      this.#peers.delete(socket);
      this.#options.onEntered({ socket, peer, firstBytes, protocol: undefined });
      return;
    }
    if (firstBytes !== undefined) socket.unshift(firstBytes);
    this.#front.accept(socket);
  }

  /** Known until the connection is handed on. */
  #peerOf(socket: Socket): Peer {
    return this.#peers.get(socket) ?? peerOf(socket);
  }

  #turnAway(socket: Socket, answer: Uint8Array, error: (ConnectionEvent & { kind: "malformed" })["error"]): void {
    const { counters, onConnection, settings, sweep } = this.#context;
    counters.malformed++;
    onConnection?.({ kind: "malformed", peer: this.#peerOf(socket), error });
    lingerAndClose(socket, sweep, settings.lingerTimeoutMs, { lastWords: answer });
  }

  #onHandshakeFailure(error: HandshakeError, peer: Peer): void {
    if (error.code === "ERR_TLS_HANDSHAKE_TIMEOUT") this.#noteTimeout("handshake", peer);
    else this.#context.onConnection?.({ kind: "handshake-failed", peer, error });
  }

  #noteTimeout(waitedFor: "first-byte" | "handshake", peer: Peer): void {
    this.#context.counters.timedOut++;
    this.#context.onConnection?.({ kind: "timed-out", peer, waitedFor });
  }
}

function plainAnswer(text: string): Uint8Array {
  return Buffer.from(
    "HTTP/1.1 400 Bad Request\r\n" +
      "Content-Type: text/plain; charset=utf-8\r\n" +
      `Content-Length: ${text.length}\r\n` +
      `Connection: close\r\n\r\n${text}`,
    "latin1",
  );
}
