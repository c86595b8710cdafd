import type { ServerHttp2Stream } from "node:http2";
import type { Outbox } from "../outbox.ts";

/** What one stream may leave untaken before more is made for it. */
const HIGH_WATER_BYTES = 65_536;

/**
 * Node tells when all of a write was taken, and nothing before. So a stream writes no more at a time than its client
 * has taken within a second: one that is slow is seen to move, and one that is fast is not slowed down.
 */
export const SMALLEST_WRITE_BYTES = 16_384;
const LARGEST_WRITE_BYTES = 262_144;
const FAST_MS = 1000;

/** Told what the client does with what is written to it. */
export interface OutletObserver {
  /** @param bytes How much waits for the client, whenever that grows; 0 when it has taken everything. */
  onBacklog(bytes: number): void;
  /** It has taken something, and more waits for it. */
  onMove(): void;
}

/** Where the content of one HTTP/2 response goes. */
export class Http2Outlet implements Pick<Outbox, "addBytes" | "addLatin1" | "flush" | "isFull" | "taken"> {
  readonly #stream: ServerHttp2Stream;
  readonly #observer: OutletObserver;
  /** What was added and not written yet. */
  #queue: Uint8Array[] = [];
  #pending = 0;
  #isWriting = false;
  #writeBytes = SMALLEST_WRITE_BYTES;
  #waiter: (() => void) | undefined;

  constructor(stream: ServerHttp2Stream, observer: OutletObserver) {
    this.#stream = stream;
    this.#observer = observer;
  }

  get isFull(): boolean {
    return this.#pending > HIGH_WATER_BYTES;
  }

  /** The bytes must not change until they have been taken. */
  addBytes(bytes: Uint8Array): void {
    this.#pending += bytes.length;
    this.#queue.push(bytes);
    this.#observer.onBacklog(this.#pending);
    if (!this.#isWriting) this.#write();
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
    this.#queue = [];
    this.#wake();
  }

  #write(): void {
    const pieces = this.#takeFromQueue(this.#writeBytes);
    const last = pieces.pop();
    if (last === undefined) return;
    const since = performance.now();
    const bytes = pieces.reduce((sum, { length }) => sum + length, last.length);
    this.#isWriting = true;
    this.#stream.cork();
    for (const piece of pieces) this.#stream.write(piece);
    this.#stream.write(last, () => this.#onWritten(bytes, since));
    this.#stream.uncork();
  }

  #takeFromQueue(most: number): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    for (let room = most; room > 0;) {
      const bytes = this.#queue.shift();
      if (bytes === undefined) break;
      pieces.push(bytes.subarray(0, room));
      if (bytes.length > room) this.#queue.unshift(bytes.subarray(room));
      room -= bytes.length;
    }
    return pieces;
  }

  #onWritten(bytes: number, since: number): void {
    this.#isWriting = false;
    const isFast = performance.now() - since < FAST_MS;
    this.#writeBytes = isFast ? Math.min(2 * this.#writeBytes, LARGEST_WRITE_BYTES) : SMALLEST_WRITE_BYTES;
    this.#pending = Math.max(0, this.#pending - bytes);
    if (this.#pending > 0) {
      this.#observer.onMove();
      this.#write();
      return;
    }
    this.#observer.onBacklog(0);
    this.#wake();
  }

  #wake(): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.();
  }
}
