/** Compression in zlib's thread pool, a few at a time. */
import type { ContentCoding } from "./content-coding.ts";

// Half of the pool's four threads: the other half goes on reading files meanwhile.
const MAX_AT_ONCE = 2;
// With more waiting, a request is better served uncoded at once.
const MAX_WAITING = 32;

export class Compressor {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** Whether so much is waiting that another request should not. */
  get isBusy(): boolean {
    return this.#waiting.length >= MAX_WAITING;
  }

  async compress(bytes: Uint8Array, coding: ContentCoding): Promise<Uint8Array> {
    if (this.#running >= MAX_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      // Loading zlib takes 3 ms of a server's start; nothing may ever be compressed.
      const { compress } = await import("./compress.ts");
      return await compress(bytes, coding);
    } finally {
      // Whoever waits takes this place over, so the count stays.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
