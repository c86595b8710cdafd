/**
 * Whether a client sends more of what costs the server something, and means nothing, than any client needs to. What
 * can be counted frame by frame is; of the rest, only the bytes are known, since Node reads frames without showing
 * them, and a stream in between that shows them costs a third of all requests.
 */

const WINDOW_MS = 10_000;
const MOST_SETTINGS = 10;
const MOST_PINGS = 10;
const MOST_RESETS = 100;

/** Bytes of a frame's head, and of a WINDOW_UPDATE (RFC 9113 §4.1, §6.9). */
const FRAME_HEAD_BYTES = 9;
const WINDOW_UPDATE_BYTES = 13;
/** Smallest usual DATA frame of a long response. */
const DATA_FRAME_BYTES = 16_384;
const WINDOW_UPDATES_PER_DATA = 10;
/** The preface, some settings, and 100 of the smallest frames beside. */
const FREE_BYTES = 4096;
/** What one request may bring that nothing else accounts for: PRIORITY, padding, unknown frames. */
const FREE_BYTES_PER_REQUEST = 512;

/** What was said on one connection so far, in bytes, but for `requests`. */
export interface Traffic {
  readonly received: number;
  /** Names and values: their encoding has hardly more. */
  readonly fieldsReceived: number;
  readonly contentReceived: number;
  readonly contentSent: number;
  readonly requests: number;
}

/** Whether what was received beyond requests and their content is more than those can have brought about. */
export function isFlooded({ received, fieldsReceived, contentReceived, contentSent, requests }: Traffic): boolean {
  const dataFrames = contentSent / DATA_FRAME_BYTES + requests;
  const allowed =
    FREE_BYTES +
    FREE_BYTES_PER_REQUEST * requests +
    WINDOW_UPDATES_PER_DATA * WINDOW_UPDATE_BYTES * dataFrames +
    // Content may come byte by byte, each with the head of a frame.
    FRAME_HEAD_BYTES * contentReceived;
  return received - fieldsReceived - contentReceived > allowed;
}

/** At most so many events in each window of time. */
class EventLimit {
  readonly #most: number;
  #since = -Infinity;
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  exceeds(now: number): boolean {
    if (now - this.#since >= WINDOW_MS) {
      this.#since = now;
      this.#count = 0;
    }
    return ++this.#count > this.#most;
  }
}

export class FloodGuard {
  readonly #settings = new EventLimit(MOST_SETTINGS);
  readonly #pings = new EventLimit(MOST_PINGS);
  readonly #resets = new EventLimit(MOST_RESETS);

  /** @returns Whether it was one too many. @param now In milliseconds. */
  onSettings(now: number): boolean {
    return this.#settings.exceeds(now);
  }

  onPing(now: number): boolean {
    return this.#pings.exceeds(now);
  }

  /** A stream ended before its response, whoever reset it: the client can make the server do it. */
  onReset(now: number): boolean {
    return this.#resets.exceeds(now);
  }
}
