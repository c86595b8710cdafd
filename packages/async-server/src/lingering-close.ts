import type { Socket } from "node:net";
import { type ByteReceiver, type Deadline, type DeadlineSweep, receiveBytes } from "@tinyhttp/listener";

/** Silence may last this many times until the close is forced (nginx: 5 s and 30 s). */
const TOTAL_IN_SILENCES = 6;
/** What a client may still send; one that goes on beyond has not read the answer and will not. */
const MOST_DISCARDED_BYTES = 32 * 1024 * 1024;

export interface LingerOptions {
  /** Bytes to send before the end. */
  readonly lastWords?: Uint8Array | undefined;
  /** Called when the client did not close in time. */
  readonly onForced?: (() => void) | undefined;
}

/**
 * Closes a connection so that its last response arrives (RFC 9112 §9.6): only the sending side is shut down, and what
 * the client is still sending is read and dropped. A close with unread input would make the system send RST, which
 * erases what the client has not read yet.
 *
 * @param silenceMs Longest time without a byte from the client.
 */
export function lingerAndClose(
  socket: Socket,
  sweep: DeadlineSweep,
  silenceMs: number,
  options: LingerOptions = {},
): void {
  const lingering = new LingeringSocket(socket, silenceMs, options.onForced);
  sweep.add(lingering);
  receiveBytes(socket, lingering);
  socket.on("close", () => sweep.delete(lingering));
  if (options.lastWords === undefined) socket.end();
  else socket.end(options.lastWords);
}

class LingeringSocket implements ByteReceiver, Deadline {
  deadline: number;
  readonly #socket: Socket;
  readonly #silenceMs: number;
  readonly #end: number;
  readonly #onForced: (() => void) | undefined;
  #discarded = 0;

  constructor(socket: Socket, silenceMs: number, onForced: (() => void) | undefined) {
    const now = performance.now();
    this.#socket = socket;
    this.#silenceMs = silenceMs;
    this.#onForced = onForced;
    this.#end = now + silenceMs * TOTAL_IN_SILENCES;
    this.deadline = now + silenceMs;
  }

  onDeadline(): void {
    this.#onForced?.();
    this.#socket.destroy();
  }

  onBytes(bytes: Uint8Array): void {
    this.#discarded += bytes.length;
    if (this.#discarded > MOST_DISCARDED_BYTES) this.onDeadline();
    else this.deadline = Math.min(this.#end, performance.now() + this.#silenceMs);
  }
}
