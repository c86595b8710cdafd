import type { ServerHttp2Stream } from "node:http2";
import type { Outbox } from "../outbox.ts";

/** What one stream may leave untaken before more is made for it. */
const HIGH_WATER_BYTES = 65_536;

/** Where the content of one HTTP/2 response goes. */
export class Http2Outlet implements Pick<Outbox, "addBytes" | "addLatin1" | "flush" | "isFull" | "taken"> {
  readonly #stream: ServerHttp2Stream;
  readonly #onBacklog: (bytes: number) => void;
  #pending = 0;
  #waiter: (() => void) | undefined;

  /** @param onBacklog Told how much waits for the client, whenever that grows; 0 when it has taken everything. */
  constructor(stream: ServerHttp2Stream, onBacklog: (bytes: number) => void) {
    this.#stream = stream;
    this.#onBacklog = onBacklog;
  }

  get isFull(): boolean {
    return this.#pending > HIGH_WATER_BYTES;
  }

  /** The bytes must not change until they have been taken. */
  addBytes(bytes: Uint8Array): void {
    this.#pending += bytes.length;
    this.#onBacklog(this.#pending);
    this.#stream.write(bytes, () => this.#onTaken(bytes.length));
  }

  // Content here is never in chunks, so there is no framing to be written.
  addLatin1(text: string): void {
    this.addBytes(Buffer.from(text, "latin1"));
  }

  flush(): void {}

  taken(): Promise<void> | undefined {
    if (this.#pending === 0) return undefined;
    return new Promise((resolve) => {
      this.#waiter = resolve;
    });
  }

  /** The client is gone: whoever waits for it goes on. */
  abandon(): void {
    this.#pending = 0;
    this.#wake();
  }

  #onTaken(bytes: number): void {
    this.#pending = Math.max(0, this.#pending - bytes);
    if (this.#pending > 0) return;
    this.#onBacklog(0);
    this.#wake();
  }

  #wake(): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.();
  }
}
