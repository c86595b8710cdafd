import { hash, randomBytes } from "node:crypto";
import { changeFile } from "../files/change-file.ts";
import { WatchedFile } from "../files/watched-file.ts";
import { randomId } from "../keys/key-text.ts";
import type { ApiKey } from "../keys/key-record.ts";
import { PrivateFileError, readPrivateFile } from "../secrets/private-file.ts";
import { Secret } from "../secrets/secret.ts";
import type { SecurityEventSink } from "../security-event.ts";
import { formatSessionFile, parseSessionFile } from "./session-file-text.ts";
import { addSession, isOver, type Session, type SessionLimits, type SessionRecord, touchSessions } from "./session.ts";
import type { SessionStore } from "./session-store.ts";

// About 50,000 sessions.
const MAX_BYTES = 16_777_216;
const MINUTE_MS = 60_000;
const WRITE_DELAY_MS = 1000;

/** How sessions are kept. */
export interface OpenSessionFileOptions {
  /** Milliseconds without a request after which a session is over. Default 15 minutes; it may be up to one less. */
  readonly idleMs?: number | undefined;
  /** Milliseconds after which it is over in any case. Default 8 hours. */
  readonly absoluteMs?: number | undefined;
  /** Most sessions of one holder at a time; one more ends the oldest. Default 5. */
  readonly maxPerHolder?: number | undefined;
  /** Told when the file was read again (`file-loaded`) or cannot be (`file-rejected`). */
  readonly onSecurityEvent?: SecurityEventSink | undefined;
}

/**
 * Opens a file of sessions, which is made when the first one begins. Threads and processes that have the same file
 * open know each other's sessions, and one that is ended anywhere is over on the next request everywhere.
 *
 * @throws {PrivateFileError} The file is there but not private.
 * @throws {SyntaxError} It is damaged. Deleting it ends all sessions.
 */
export function openSessionFile(path: string, options: OpenSessionFileOptions = {}): SessionStore {
  return new SessionFile(path, options);
}

type SessionsByDigest = ReadonlyMap<string, SessionRecord>;

class SessionFile implements SessionStore {
  readonly #path: string;
  readonly #limits: SessionLimits;
  readonly #file: WatchedFile<SessionsByDigest>;
  readonly #tellRejected: (error: Error) => void;
  /** When this thread saw which session; what of it is a minute newer than the file is written. */
  readonly #seen = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, options: OpenSessionFileOptions) {
    const { idleMs = 15 * MINUTE_MS, absoluteMs = 480 * MINUTE_MS, maxPerHolder = 5, onSecurityEvent } = options;
    this.#path = path;
    this.#limits = { idleMs, absoluteMs, maxPerHolder };
    this.#tellRejected = (error) =>
      onSecurityEvent?.({
        time: new Date().toISOString(),
        event: "file-rejected",
        outcome: "failure",
        reason: error.message,
      });
    this.#file = new WatchedFile<SessionsByDigest>(path, false, {
      maxBytes: MAX_BYTES,
      parse: (text) => new Map(parseSessionFile(text).map((record) => [record.digest, record])),
      whenMissing: new Map(),
      onLoaded: (sessions) => this.#forgetAllBut(sessions),
      onRejected: this.#tellRejected,
    });
  }

  find(token: string, now: number): Session | undefined {
    const record = this.#file.current.get(digestOf(token));
    if (record === undefined) return undefined;
    const session = this.#withUse(record);
    if (isOver(session, now, this.#limits)) return undefined;
    this.#note(record, now);
    return session;
  }

  async begin(key: ApiKey, now: number): Promise<{ readonly token: Secret; readonly session: Session }> {
    const token = randomBytes(32).toString("base64url");
    const session = { id: randomId(), keyId: key.id, holder: key.holder, created: now, seen: now };
    await this.#change((records) => addSession(records, { ...session, digest: digestOf(token) }, this.#limits));
    return { token: new Secret(token), session };
  }

  async end(id: string): Promise<boolean> {
    let isFound = false;
    await this.#change((records) => {
      isFound = records.some((record) => record.id === id);
      return records.filter((record) => record.id !== id);
    });
    return isFound;
  }

  list(now: number): readonly Session[] {
    return [...this.#file.current.values()]
      .map((record) => this.#withUse(record))
      .filter((session) => !isOver(session, now, this.#limits));
  }

  close(): Promise<void> {
    return this.#flush();
  }

  #withUse({ id, keyId, holder, created, seen }: SessionRecord): Session {
    return { id, keyId, holder, created, seen: Math.max(seen, this.#seen.get(id) ?? 0) };
  }

  #note({ id, seen }: SessionRecord, now: number): void {
    this.#seen.set(id, now);
    if (now - seen >= MINUTE_MS) this.#timer ??= setTimeout(() => void this.#flush(), WRITE_DELAY_MS).unref();
  }

  // Never rejects: a server that cannot write still knows what its own thread has seen.
  #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const seen = new Map(this.#seen);
    if (seen.size > 0) {
      this.#writing = this.#writing
        .then(() => this.#change((records) => touchSessions(records, seen)))
        .catch(this.#tellRejected);
    }
    return this.#writing;
  }

  #forgetAllBut(sessions: SessionsByDigest): void {
    const ids = new Set([...sessions.values()].map(({ id }) => id));
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id);
  }

  #change(change: (records: readonly SessionRecord[]) => readonly SessionRecord[]): Promise<void> {
    return changeFile(this.#path, async () => ({
      text: formatSessionFile(change(this.#readRecords())),
      result: undefined,
    }));
  }

  #readRecords(): readonly SessionRecord[] {
    try {
      return parseSessionFile(readPrivateFile(this.#path, MAX_BYTES).text);
    } catch (error) {
      if (error instanceof PrivateFileError && error.code === "not-found") return [];
      throw error;
    }
  }
}

// The look-up by a digest tells nothing about the token: what is compared, nobody can choose.
function digestOf(token: string): string {
  return hash("sha256", token, "base64url");
}
