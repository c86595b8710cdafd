/** What directories were like a moment ago: files in one directory that are looked after together share the look. */
import { directoryAt, isRecentlyChanged, type FileIdentity } from "../lookup/file-identity.ts";

export interface DirectoryLook {
  /** `undefined` when there is no such directory. */
  readonly identity: FileIdentity | undefined;
  /** Whether its times would show it if a name came or went from then on. */
  readonly isSettled: boolean;
  /** Monotonic milliseconds. */
  readonly atMs: number;
}

// A site with more directories than that in use is looked at more often than it could be.
const MAX_DIRECTORIES = 1024;

export class DirectoryLooks {
  readonly #looks: Map<string, DirectoryLook> = new Map();
  readonly #sharedForMs: number;

  /** @param sharedForMs How old a look may be. */
  constructor(sharedForMs: number) {
    this.#sharedForMs = sharedForMs;
  }

  look(path: string, nowMs: number): DirectoryLook {
    const latest = this.#looks.get(path);
    if (latest !== undefined && nowMs - latest.atMs < this.#sharedForMs) return latest;
    // Before the look, so that what changes meanwhile counts as recent.
    const wallMs = Date.now();
    const identity = directoryAt(path);
    const isSettled = identity !== undefined && !isRecentlyChanged(identity, wallMs);
    const look = { identity, isSettled, atMs: nowMs };
    if (this.#looks.size >= MAX_DIRECTORIES) this.#looks.clear();
    this.#looks.set(path, look);
    return look;
  }
}
