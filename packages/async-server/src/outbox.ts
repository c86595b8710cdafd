/**
 * What goes out on one connection. Small pieces are gathered and written with one system call when the turn ends;
 * how much of it the client has taken is known here, and nowhere else.
 */
import type { Socket } from "node:net";

/** Content up to this size is copied behind its head; beyond, the copy costs more than a second buffer in the write. */
const LARGEST_COPY_BYTES = 65_536;
const GATHER_BYTES = LARGEST_COPY_BYTES + 32_768;
/** Up to this length, to call native code takes longer than the copy. */
const TINY_TEXT = 32;
/** What one client may leave untaken before its next request is looked at. */
const HIGH_WATER_BYTES = 65_536;

// One buffer for all connections: whoever gathers, writes before the turn ends. `owner` is whose bytes are in it.
let gathered: Buffer = Buffer.allocUnsafeSlow(GATHER_BYTES);
let used = 0;
// Responses of one kind have one length: the view of the last write serves most of the next ones.
let view: Buffer = gathered;
let owner: Outbox | undefined;
// What its owner writes instead of the gathered bytes, unless something comes to stand behind it.
let lent: LentBytes | undefined;

const NOTHING: Uint8Array = Buffer.alloc(0);

// Writes of this turn of which only the end of the turn tells whether the system has taken them.
let unsettled: Outbox[] = [];

function own(outbox: Outbox): void {
  owner = outbox;
}

function giveAwayGathered(): void {
  gathered = Buffer.allocUnsafeSlow(GATHER_BYTES);
  view = gathered;
}

function settleWrites(): void {
  const outboxes = unsettled;
  unsettled = [];
  for (const outbox of outboxes) outbox.settle();
}

/** Bytes that are written from where they are. */
export interface LentBytes {
  readonly bytes: Buffer;
  /** Writes under way that still read them: they must not change before there is none. */
  loans: number;
}

/** Told when the client falls behind and when it has caught up. */
export interface OutboxObserver {
  onBacklog(bytes: number): void;
  onTaken(): void;
}

export class Outbox {
  readonly #socket: Socket;
  readonly #observer: OutboxObserver;
  readonly #acknowledge: () => void;
  /** Whether what is written is encrypted, into memory of its own. */
  readonly encrypts: boolean;
  #behind = false;
  #borrowed: LentBytes | undefined;
  #waiter: (() => void) | undefined;

  constructor(socket: Socket, observer: OutboxObserver) {
    this.#socket = socket;
    this.#observer = observer;
    this.#acknowledge = () => this.#onWritten();
    this.encrypts = "encrypted" in socket;
  }

  /** Whether so much waits for the client that nothing more should be made for it. */
  get isFull(): boolean {
    return this.#behind && this.#socket.writableLength > HIGH_WATER_BYTES;
  }

  /** Whether the client has taken everything. */
  get isEmpty(): boolean {
    return this.#socket.writableLength === 0;
  }

  /** Adds text of one character per byte: heads and chunk framing, never longer than a head may be. */
  addLatin1(text: string): void {
    if (text.length > GATHER_BYTES) {
      this.addBytes(Buffer.from(text, "latin1"));
      return;
    }
    this.#reserve(text.length);
    if (text.length <= TINY_TEXT) for (let at = 0; at < text.length; at++) gathered[used++] = text.charCodeAt(at);
    else used += gathered.write(text, used, "latin1");
  }

  /** @param length Of the text in UTF-8 bytes. */
  addUtf8(text: string, length: number): void {
    if (length > LARGEST_COPY_BYTES) {
      this.addBytes(Buffer.from(text));
      return;
    }
    this.#reserve(length);
    used += gathered.write(text, used);
  }

  /** Adds content. Large content is written at once, from where it is: it must not change until it has been taken. */
  addBytes(bytes: Uint8Array): void {
    if (bytes.length > LARGEST_COPY_BYTES) {
      this.#writeBehindGathered(bytes);
      return;
    }
    this.#reserve(bytes.length);
    gathered.set(bytes, used);
    used += bytes.length;
  }

  /** Whether {@link addLent} may be called: nothing has been added in this turn, and nothing is under way. */
  get canBorrow(): boolean {
    return owner !== this && this.#borrowed === undefined && this.isEmpty;
  }

  /** Adds a whole response, which is written from where it is if no other one joins it in this turn. */
  addLent(whole: LentBytes): void {
    owner?.flush();
    own(this);
    lent = whole;
  }

  /** Writes what was gathered. To be called before the turn ends. */
  flush(): void {
    if (owner !== this) return;
    owner = undefined;
    const whole = lent;
    lent = undefined;
    const length = used;
    used = 0;
    if (whole === undefined) {
      if (length === 0) return;
      if (view.length !== length) view = gathered.subarray(0, length);
    }
    const bytes = whole?.bytes ?? view;
    if (this.encrypts) {
      this.#encrypt(bytes);
      return;
    }
    this.#socket.write(bytes);
    if (this.#socket.writableLength === 0) return;
    // The system did not take all of it, so the rest is still read from this buffer: leave it to that write.
    if (whole === undefined) giveAwayGathered();
    else this.#borrow(whole);
    // Asked for now only, because most writes are over at once, and to be told so costs them a turn of their own.
    this.#socket.write(NOTHING, this.#acknowledge);
    this.#noteBacklog();
  }

  /**
   * Settles when the client has taken everything, or is gone.
   *
   * @returns `undefined` when it has already: nothing to wait for.
   */
  taken(): Promise<void> | undefined {
    this.flush();
    if (this.isEmpty) return undefined;
    return new Promise((resolve) => {
      this.#waiter = resolve;
    });
  }

  /** The connection is closed: whoever waits for the client goes on. */
  abandon(): void {
    this.#behind = false;
    this.#giveBack();
    this.#wake();
  }

  /** The turn is over: what is still not taken is a backlog. */
  settle(): void {
    if (!this.#behind && !this.isEmpty) this.#noteBacklog();
  }

  /** OpenSSL has encrypted the bytes when this returns, unless it is busy; that they are written is told later. */
  #encrypt(bytes: Uint8Array): void {
    const isBusy = !this.isEmpty;
    this.#socket.write(bytes, this.#acknowledge);
    if (isBusy) giveAwayGathered();
    if (this.#behind) return;
    if (this.#socket.writableLength > HIGH_WATER_BYTES) this.#noteBacklog();
    else if (unsettled.push(this) === 1) setImmediate(settleWrites);
  }

  #reserve(length: number): void {
    if (owner !== this) {
      owner?.flush();
      own(this);
    } else if (lent !== undefined) {
      this.#gatherLent(lent);
    }
    if (used + length <= GATHER_BYTES) return;
    this.flush();
    own(this);
  }

  #gatherLent({ bytes }: LentBytes): void {
    if (bytes.length > LARGEST_COPY_BYTES) {
      this.flush();
      own(this);
      return;
    }
    lent = undefined;
    gathered.set(bytes);
    used = bytes.length;
  }

  #borrow(whole: LentBytes): void {
    whole.loans++;
    this.#borrowed = whole;
  }

  #giveBack(): void {
    if (this.#borrowed === undefined) return;
    this.#borrowed.loans--;
    this.#borrowed = undefined;
  }

  #writeBehindGathered(bytes: Uint8Array): void {
    if (owner === this && lent !== undefined) this.#gatherLent(lent);
    this.#socket.cork();
    if (owner === this && used > 0) {
      // A head is a few hundred bytes: to copy it is cheaper than to give the gathering buffer away.
      this.#socket.write(Buffer.from(gathered.subarray(0, used)), this.#acknowledge);
      used = 0;
    }
    this.#socket.write(bytes, this.#acknowledge);
    this.#socket.uncork();
    if (this.#socket.writableLength > 0) this.#noteBacklog();
  }

  #noteBacklog(): void {
    this.#behind = true;
    this.#observer.onBacklog(this.#socket.writableLength);
  }

  #onWritten(): void {
    if (!this.isEmpty) return;
    this.#giveBack();
    if (this.#behind) {
      this.#behind = false;
      this.#observer.onTaken();
    }
    this.#wake();
  }

  #wake(): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.();
  }
}
