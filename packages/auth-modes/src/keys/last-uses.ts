/**
 * When keys were last used, to the minute, in a file of its own beside the key file: a server that notes a use must
 * not be able to bring back a key that was revoked meanwhile. Losing this file loses no rights.
 */
import { readPrivateFile } from "../secrets/private-file.ts";
import { changeFile } from "../files/change-file.ts";

const MAX_BYTES = 16_777_216;
const MINUTE_MS = 60_000;
const DELAY_MS = 1000;

/** Where the last uses of a key file's keys are. */
function lastUsesPath(keyFile: string): string {
  return `${keyFile}.used`;
}

/** Milliseconds since 1970 by key id; empty when the file is missing or unreadable. */
export function readLastUses(keyFile: string): Map<string, number> {
  const uses = new Map<string, number>();
  try {
    const file: unknown = JSON.parse(readPrivateFile(lastUsesPath(keyFile), MAX_BYTES).text);
    for (const [id, time] of Object.entries(file as Record<string, unknown>)) {
      const used = typeof time === "string" ? Date.parse(time) : Number.NaN;
      if (!Number.isNaN(used)) uses.set(id, used);
    }
  } catch {
    return uses;
  }
  return uses;
}

/** Collects uses, and writes them a second later, off the path of any request. */
export class LastUses {
  readonly #keyFile: string;
  readonly #onFailure: (error: Error) => void;
  readonly #minutes = new Map<string, number>();
  #unwritten = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #failure = "";

  constructor(keyFile: string, onFailure: (error: Error) => void) {
    this.#keyFile = keyFile;
    this.#onFailure = onFailure;
  }

  note(id: string, now: number): void {
    const minute = Math.floor(now / MINUTE_MS);
    if (this.#minutes.get(id) === minute) return;
    this.#minutes.set(id, minute);
    this.#unwritten.set(id, minute * MINUTE_MS);
    this.#timer ??= setTimeout(() => void this.flush(), DELAY_MS).unref();
  }

  /** Writes what is not written yet. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const uses = this.#unwritten;
    this.#unwritten = new Map();
    if (uses.size > 0)
      this.#writing = this.#writing.then(() => this.#write(uses)).catch((error: Error) => this.#fail(error));
    return this.#writing;
  }

  // A directory that this process may not write to would otherwise be told of every minute.
  #fail(error: Error): void {
    if (error.message === this.#failure) return;
    this.#failure = error.message;
    this.#onFailure(error);
  }

  async #write(uses: ReadonlyMap<string, number>): Promise<void> {
    await changeFile(lastUsesPath(this.#keyFile), async () => {
      const all = readLastUses(this.#keyFile);
      for (const [id, time] of uses) all.set(id, Math.max(time, all.get(id) ?? 0));
      const entries = [...all].map(([id, time]) => [id, new Date(time).toISOString()]);
      return { text: `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`, result: undefined };
    });
  }
}
