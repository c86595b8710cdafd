import { WatchedFile } from "../files/watched-file.ts";
import type { SecurityEvent, SecurityEventSink } from "../security-event.ts";
import type { Secret } from "../secrets/secret.ts";
import { parseKeyFile } from "./key-file-text.ts";
import { type KeyRing, KeySet, type KeyVerdict } from "./key-ring.ts";
import type { ApiKey } from "./key-record.ts";
import { LastUses } from "./last-uses.ts";
import { readPepper } from "./pepper.ts";

// About 50,000 keys.
export const MAX_KEY_FILE_BYTES = 16_777_216;

/** How a key file is used by a running server. */
export interface OpenKeyFileOptions {
  /** Default: the content of `<path>.pepper`. */
  readonly pepper?: Secret | undefined;
  /** Told when the file was read again (`file-loaded`) or cannot be (`file-rejected`). */
  readonly onSecurityEvent?: SecurityEventSink | undefined;
}

/**
 * Opens a key file for a server. Changes take effect by themselves, on the next request: the file is looked at in
 * every turn of the event loop that asks for a key. A version that is half-written, damaged or open to other users is
 * not taken, and the one before stays. When the file is removed, no key works any more.
 *
 * Several threads and processes may have the same file open.
 *
 * @throws {PrivateFileError} The file or its pepper is missing or not private.
 * @throws {KeyFileError} `malformed`, `pepper-missing`.
 */
export function openKeyFile(path: string, options: OpenKeyFileOptions = {}): KeyRing {
  return new KeyFileRing(path, options);
}

class KeyFileRing implements KeyRing {
  readonly #file: WatchedFile<KeySet>;
  readonly #uses: LastUses;

  constructor(path: string, options: OpenKeyFileOptions) {
    const pepper = options.pepper ?? readPepper(path);
    const tell = (event: SecurityEvent["event"], reason: string): void =>
      options.onSecurityEvent?.({
        time: new Date().toISOString(),
        event,
        outcome: event === "file-rejected" ? "failure" : "success",
        reason,
      });
    this.#file = new WatchedFile<KeySet>(path, true, {
      maxBytes: MAX_KEY_FILE_BYTES,
      parse: (text) => new KeySet(parseKeyFile(text), pepper),
      whenMissing: new KeySet([], pepper),
      onLoaded: (keys) => tell("file-loaded", `${keys.liveAt(Date.now())} live keys`),
      onRejected: (error) => tell("file-rejected", error.message),
    });
    this.#uses = new LastUses(path, (error) => tell("file-rejected", error.message));
  }

  get size(): number {
    return this.#file.current.liveAt(Date.now());
  }

  verify(text: string, now: number): KeyVerdict {
    const verdict = this.#file.current.verify(text, now);
    if (verdict.ok) this.#uses.note(verdict.key.id, now);
    return verdict;
  }

  find(id: string, now: number): ApiKey | undefined {
    return this.#file.current.find(id, now);
  }

  close(): Promise<void> {
    return this.#uses.flush();
  }
}
