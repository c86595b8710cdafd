/** Tells whoever waits that a file below a directory has changed. */
import { watch, type FSWatcher } from "node:fs";
import { basename, dirname } from "node:path";

const { statSync } = process.getBuiltinModule("node:fs");

// A build writes many files; a page that is loaded again in the middle of it shows half of them.
const QUIET_MS = 100;
/** Of no concern to a page, and written to all the time. */
const IGNORED = /(?:^|[/\\])(?:\.|node_modules(?:[/\\]|$))|~$/;

export class ChangeFeed {
  readonly #startedAt: number = Date.now();
  readonly #waiting = new Set<() => void>();
  readonly #watcher: FSWatcher;
  #changes = 0;
  #quiet: NodeJS.Timeout | undefined;
  #isClosed = false;

  /**
   * @param root Directory, or a file, which is watched by its name: editors replace it.
   * @param onFailure Told in a sentence when nothing is noticed any more.
   */
  constructor(root: string, onFailure: (sentence: string) => void) {
    const isDirectory = statSync(root).isDirectory();
    const [directory, only] = isDirectory ? [root, undefined] : [dirname(root), basename(root)];
    this.#watcher = watch(directory, { recursive: isDirectory, persistent: false }, (_, name) => {
      if (name === null || (only === undefined ? !IGNORED.test(name) : name === only)) this.#noteChange();
    });
    this.#watcher.on("error", (error) => {
      onFailure(`Cannot watch ${directory} any more: ${error.message}; reload pages by hand`);
    });
  }

  /** What is there now. Another process, or the same after a change, says something else. */
  get version(): string {
    return `${this.#startedAt.toString(36)}-${this.#changes}`;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Settles at the next change, after so many milliseconds, or when `signal` aborts, or the feed is closed. */
  next(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.#isClosed || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs).unref();
      signal.addEventListener("abort", wake);
      this.#waiting.add(wake);
    });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#quiet);
    this.#watcher.close();
    this.#wakeAll();
  }

  #noteChange(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.#changes++;
      this.#wakeAll();
    }, QUIET_MS).unref();
  }

  #wakeAll(): void {
    for (const wake of this.#waiting) wake();
  }
}
