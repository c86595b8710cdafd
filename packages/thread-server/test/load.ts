/** Clients that ask again and again, and count what became of each request. */
import { connect, type Socket } from "node:net";
import type { BoundAddress } from "@tinyhttp/listener";

export interface LoadOptions {
  readonly address: BoundAddress;
  readonly clients: number;
  /** Whether a connection serves as many requests as the server allows, or one. */
  readonly keepAlive: boolean;
  readonly path?: string;
}

/** A request that was sent, or was about to be, and not answered in full. */
export interface Failure {
  /** Code of the socket's error, or `unanswered`. */
  readonly reason: string;
  /** What the connection was answered before; empty when it was not. */
  readonly lastBody: string;
}

/** Runs until {@link stop}. */
export class Load {
  succeeded = 0;
  readonly failed: Failure[] = [];
  /** Refused connections: no request was made. */
  refused = 0;
  readonly #options: LoadOptions;
  readonly #loops: readonly Promise<void>[];
  #isStopped = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#loops = Array.from({ length: options.clients }, () => this.#loop());
  }

  /** Ends with the requests that are under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#loops);
  }

  async #loop(): Promise<void> {
    while (!this.#isStopped) {
      const failure = await this.#connection();
      if (failure?.reason === "ECONNREFUSED") {
        this.refused++;
        await new Promise((resolve) => setTimeout(resolve, 5));
      } else if (failure !== undefined) {
        this.failed.push(failure);
      }
    }
  }

  /** Asks on one connection until it is to end. */
  #connection(): Promise<Failure | undefined> {
    const { address, keepAlive, path = "/" } = this.#options;
    const request = `GET ${path} HTTP/1.1\r\nHost: a\r\n${keepAlive ? "" : "Connection: close\r\n"}\r\n`;
    const socket = dial(address);
    let received = "";
    let lastBody = "";
    let pending = true;
    return new Promise((resolve) => {
      const end = (reason: string): void => resolve(pending ? { reason, lastBody } : undefined);
      socket.on("connect", () => socket.write(request));
      socket.on("data", (chunk: Buffer) => {
        received += chunk.toString("latin1");
        const response = takeResponse(received);
        if (response === undefined) return;
        this.succeeded++;
        received = received.slice(response.length);
        lastBody = response.body;
        pending = keepAlive && !response.isLast && !this.#isStopped;
        if (pending) socket.write(request);
        else socket.end();
      });
      socket.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? "unknown"));
      socket.on("close", () => end("unanswered"));
    });
  }
}

function dial(address: BoundAddress): Socket {
  return connect(
    address.kind === "unix" ? { path: address.path } : { host: address.host, port: address.port, noDelay: true },
  );
}

function takeResponse(received: string): { length: number; body: string; isLast: boolean } | undefined {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const head = received.slice(0, headEnd);
  const length = headEnd + 4 + Number(/^content-length: (\d+)/im.exec(head)?.[1]);
  if (received.length < length) return undefined;
  return { length, body: received.slice(headEnd + 4, length), isLast: /^connection: close/im.test(head) };
}
