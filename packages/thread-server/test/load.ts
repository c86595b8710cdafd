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

/** Runs until {@link stop}. */
export class Load {
  succeeded = 0;
  /** What failed, by its error code or what was missing. Refused connections are counted apart: no request was made. */
  readonly failures: Record<string, number> = {};
  refused = 0;
  readonly #options: LoadOptions;
  readonly #loops: readonly Promise<void>[];
  #isStopped = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#loops = Array.from({ length: options.clients }, () => this.#loop());
  }

  get failed(): number {
    return Object.values(this.failures).reduce((sum, count) => sum + count, 0);
  }

  /** Ends with the requests that are under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#loops);
  }

  async #loop(): Promise<void> {
    while (!this.#isStopped) {
      const outcome = await this.#connection();
      if (outcome === "ECONNREFUSED") {
        this.refused++;
        await new Promise((resolve) => setTimeout(resolve, 5));
      } else if (outcome !== "closed") {
        this.failures[outcome] = (this.failures[outcome] ?? 0) + 1;
      }
    }
  }

  /** Asks on one connection until it is to end. @returns `closed` when every request that was sent was answered. */
  #connection(): Promise<string> {
    const { address, keepAlive, path = "/" } = this.#options;
    const request = `GET ${path} HTTP/1.1\r\nHost: a\r\n${keepAlive ? "" : "Connection: close\r\n"}\r\n`;
    const socket = dial(address);
    let received = "";
    let pending = true;
    return new Promise((resolve) => {
      socket.on("connect", () => socket.write(request));
      socket.on("data", (chunk: Buffer) => {
        received += chunk.toString("latin1");
        const end = responseEnd(received);
        if (end === undefined) return;
        this.succeeded++;
        const isLast = /^connection: close/im.test(received.slice(0, end));
        received = received.slice(end);
        pending = !isLast && keepAlive && !this.#isStopped;
        if (pending) socket.write(request);
        else socket.end();
      });
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(pending ? (error.code ?? "unknown") : "closed"));
      socket.on("close", () => resolve(pending ? "unanswered" : "closed"));
    });
  }
}

export function dial(address: BoundAddress): Socket {
  return connect(
    address.kind === "unix" ? { path: address.path } : { host: address.host, port: address.port, noDelay: true },
  );
}

function responseEnd(received: string): number | undefined {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const length = /^content-length: (\d+)/im.exec(received.slice(0, headEnd))?.[1];
  const end = headEnd + 4 + Number(length);
  return received.length < end ? undefined : end;
}
