import type { Socket } from "node:net";
import { type ByteReceiver, type Deadline, receiveBytes, stopReceiving } from "@tinyhttp/listener";
import { type ProxiedClient, readProxyHeader } from "./proxy-protocol/proxy-header.ts";
import type { ServerContext } from "./server-context.ts";

/** What the first bytes of a connection are. */
export type Arrival =
  | { readonly kind: "bad-proxy-header"; readonly reason: string }
  /** Expected TLS, got something else. */
  | { readonly kind: "not-tls" }
  | {
      readonly kind: "arrived";
      /** Whom a proxy speaks for. */
      readonly client: ProxiedClient | undefined;
      /** What came after that. */
      readonly firstBytes: Uint8Array | undefined;
    };

export interface ArrivalOptions {
  /** Whether it must begin with a PROXY header. */
  readonly awaitsProxy: boolean;
  readonly awaitsTls: boolean;
  /** Called once. The socket is paused. */
  readonly onArrival: (arrival: Arrival) => void;
  /** Called when it said too little for too long; it is then destroyed. */
  readonly onTimeout: () => void;
}

/** RFC 8446 §5.1: the type of the record that a handshake begins with. */
const HANDSHAKE_RECORD = 0x16;

/** A connection of which nothing is known yet. */
export class ArrivingConnection implements ByteReceiver, Deadline {
  deadline: number;
  readonly #socket: Socket;
  readonly #context: ServerContext;
  readonly #options: ArrivalOptions;
  readonly #onEnd = (): void => void this.#socket.destroy();
  #bytes: Uint8Array = new Uint8Array(0);
  #awaitsProxy: boolean;
  #client: ProxiedClient | undefined;
  #hasArrived = false;

  constructor(socket: Socket, context: ServerContext, options: ArrivalOptions) {
    this.#socket = socket;
    this.#context = context;
    this.#options = options;
    this.#awaitsProxy = options.awaitsProxy;
    this.deadline = performance.now() + context.settings.firstByteTimeoutMs;
  }

  receive(): void {
    const socket = this.#socket;
    this.#context.sweep.add(this);
    socket.on("end", this.#onEnd);
    socket.on("close", () => this.#context.sweep.delete(this));
    socket.on("error", () => {});
    receiveBytes(socket, this);
  }

  onDeadline(): void {
    this.#options.onTimeout();
    this.#socket.destroy();
  }

  onBytes(bytes: Uint8Array): void {
    // What was on its way when it arrived.
    if (this.#hasArrived) return;
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    if (this.#awaitsProxy) this.#readProxyHeader();
    else this.#recognise();
  }

  #readProxyHeader(): void {
    const header = readProxyHeader(this.#bytes);
    if (header.kind === "incomplete") return;
    if (header.kind !== "header") {
      const reason = header.kind === "malformed" ? header.reason : "it does not begin with one";
      this.#stop({ kind: "bad-proxy-header", reason: `Cannot read the PROXY header: ${reason}` });
      return;
    }
    this.#awaitsProxy = false;
    this.#client = header.client;
    this.#bytes = this.#bytes.subarray(header.length);
    this.#recognise();
  }

  #recognise(): void {
    const [first] = this.#bytes;
    if (!this.#options.awaitsTls || first === HANDSHAKE_RECORD) this.#arrive();
    else if (first !== undefined) this.#stop({ kind: "not-tls" });
  }

  #arrive(): void {
    this.#stop({
      kind: "arrived",
      client: this.#client,
      firstBytes: this.#bytes.length === 0 ? undefined : this.#bytes,
    });
  }

  #stop(arrival: Arrival): void {
    this.#hasArrived = true;
    this.#context.sweep.delete(this);
    this.#socket.off("end", this.#onEnd);
    stopReceiving(this.#socket);
    this.#socket.pause();
    this.#options.onArrival(arrival);
  }
}
