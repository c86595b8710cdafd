import type { Socket } from "node:net";

/** What a client may send ahead of what is read of it. One read of a socket brings at most as much. */
const HIGH_WATER_BYTES = 65_536;

/**
 * What has come in on one connection and was not looked at yet. Reading goes on while a request is being answered,
 * because only so is it noticed that the client is gone; it pauses when too much lies here.
 */
export class Inbox {
  readonly #socket: Socket;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #paused = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < HIGH_WATER_BYTES || this.#paused) return;
    this.#paused = true;
    this.#socket.pause();
  }

  /** The oldest chunk; `undefined` when there is none, and then more is read. */
  take(): Uint8Array | undefined {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#bytes -= chunk.length;
      return chunk;
    }
    if (this.#paused) {
      this.#paused = false;
      this.#socket.resume();
    }
    return undefined;
  }

  clear(): void {
    this.#chunks = [];
    this.#bytes = 0;
    this.take();
  }
}
