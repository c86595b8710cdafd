import type { Socket } from "node:net";

/** What a client may send ahead of what is read of it. One read of a socket brings at most as much. */
const HIGH_WATER_BYTES = 65_536;

/**
 * What has come in on one connection and was not looked at yet. Reading goes on while a request is being answered,
 * because only so is it noticed that the client is gone; it pauses when too much lies here.
 *
 * Bytes are lent for a turn. What nobody has taken by its end is copied, behind what was copied before.
 */
export class Inbox {
  readonly #socket: Socket;
  #kept: Uint8Array | undefined;
  #lent: Uint8Array | undefined;
  #paused = false;
  /** Whether the bytes that were taken last are lent: valid until {@link endLoan}. */
  isLending = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get isEmpty(): boolean {
    return this.#kept === undefined && this.#lent === undefined;
  }

  /** @param bytes Valid until {@link endLoan} is called, which must happen before anything else is lent. */
  lend(bytes: Uint8Array): void {
    this.#lent = bytes;
  }

  /** To be called before the turn ends. */
  endLoan(): void {
    this.isLending = false;
    if (this.#lent === undefined) return;
    this.#kept = copyBehind(this.#kept, this.#lent);
    this.#lent = undefined;
    if (this.#kept.length < HIGH_WATER_BYTES || this.#paused) return;
    this.#paused = true;
    this.#socket.pause();
  }

  /** The oldest bytes; `undefined` when there are none, and then more is read. */
  take(): Uint8Array | undefined {
    const bytes = this.#kept ?? this.#lent;
    if (bytes === undefined) {
      this.#resume();
      return undefined;
    }
    this.isLending = this.#kept === undefined;
    if (this.isLending) this.#lent = undefined;
    else this.#kept = undefined;
    return bytes;
  }

  clear(): void {
    this.#kept = undefined;
    this.#lent = undefined;
    this.#resume();
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#socket.resume();
  }
}

function copyBehind(kept: Uint8Array | undefined, bytes: Uint8Array): Uint8Array {
  if (kept === undefined) return new Uint8Array(bytes);
  const both = new Uint8Array(kept.length + bytes.length);
  both.set(kept);
  both.set(bytes, kept.length);
  return both;
}
