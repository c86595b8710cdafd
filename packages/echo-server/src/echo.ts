/**
 * One connection: what is read is written, in the order in which it came. It reads no faster than it can write, and
 * writes no faster than its peer takes, so it holds two chunks at most, whatever passes through.
 */
import type { Socket } from "node:net";
import type { Deadline, DeadlineSweep } from "@tinyhttp/listener";

/** Live numbers, which only grow. */
export interface EchoCounters {
  /** That were sent back. */
  bytes: number;
  /** Connections that were given up for standing still. */
  timedOut: number;
  /** Connections that sent more than they may. */
  overLimit: number;
  /** Connections that were reset, or whose TLS failed. */
  broken: number;
}

/** What all connections of a server share. */
export interface EchoContext {
  readonly idleTimeoutMs: number;
  readonly maxBytesPerConnection: number;
  readonly sweep: DeadlineSweep;
  readonly counters: EchoCounters;
}

export class Echo implements Deadline {
  deadline: number = Infinity;
  readonly #socket: Socket;
  readonly #context: EchoContext;
  #bytesLeft: number;
  #isFinished = false;

  constructor(socket: Socket, context: EchoContext) {
    this.#socket = socket;
    this.#context = context;
    this.#bytesLeft = context.maxBytesPerConnection;
    this.#noteProgress();
    context.sweep.add(this);
    socket.on("data", (bytes: Uint8Array) => this.#sendBack(bytes));
    socket.on("drain", () => this.#readOn());
    // The peer has said everything. What it said is still on its way back, and arrives before the end does.
    socket.on("end", () => socket.end());
    socket.on("error", () => context.counters.broken++);
    socket.on("close", () => context.sweep.delete(this));
  }

  /** Sends back what has been read, and nothing after it. */
  finish(): void {
    if (this.#isFinished) return;
    // Each read is a `data` event too.
    while (this.#socket.read() !== null);
    this.#end();
  }

  onDeadline(): void {
    this.#context.counters.timedOut++;
    this.#socket.destroy();
  }

  #sendBack(bytes: Uint8Array): void {
    if (this.#isFinished) return;
    this.#noteProgress();
    const allowed = bytes.length > this.#bytesLeft ? bytes.subarray(0, this.#bytesLeft) : bytes;
    this.#bytesLeft -= allowed.length;
    this.#context.counters.bytes += allowed.length;
    if (!this.#socket.write(allowed)) this.#socket.pause();
    if (allowed === bytes) return;
    this.#context.counters.overLimit++;
    this.#end();
  }

  #end(): void {
    this.#isFinished = true;
    this.#socket.end();
    // What comes now is thrown away. Left unread, it would make the system reset the connection (RFC 1122 §4.2.2.13),
    // and the peer lose what it has not taken yet.
    this.#socket.resume();
  }

  #readOn(): void {
    if (!this.#isFinished) this.#noteProgress();
    this.#socket.resume();
  }

  #noteProgress(): void {
    this.deadline = performance.now() + this.#context.idleTimeoutMs;
  }
}
