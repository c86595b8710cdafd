/**
 * A file's content as it is now, for code that cannot wait: looking costs one `stat` per turn of the event loop
 * (2 to 3 µs), however many requests the turn has. A notification of the system would be cheaper and come too late:
 * nothing says that it is delivered before the next request.
 */
import { statSync, type Stats } from "node:fs";
import { PrivateFileError, readPrivateFile } from "../secrets/private-file.ts";

// Clocks of file systems have steps of up to 10 ms: a second change within one is invisible in a file's times.
const YOUNG_MS = 50;

/** How a file becomes a value, and who is told. */
export interface WatchedFileOptions<Content> {
  /** What is longer is refused. */
  readonly maxBytes: number;
  /** @throws When the text is not a whole and valid one; the content then stays what it was. */
  readonly parse: (text: string) => Content;
  /** Content while there is no file: without it, the content stays what it was. */
  readonly whenMissing: Content;
  readonly onLoaded: (content: Content) => void;
  readonly onRejected: (error: Error) => void;
}

export class WatchedFile<Content> {
  readonly #path: string;
  readonly #options: WatchedFileOptions<Content>;
  #content: Content;
  #text: string | undefined;
  #seen: Stats | undefined;
  #isSettled = true;
  #isChecked = false;
  readonly #forget = (): void => {
    this.#isChecked = false;
  };

  /** Reads the file. Throws what reading or parsing throws; a file that does not exist yet is an error only if it `mustExist`. */
  constructor(path: string, mustExist: boolean, options: WatchedFileOptions<Content>) {
    this.#path = path;
    this.#options = options;
    this.#content = options.whenMissing;
    this.#seen = statSync(path, { throwIfNoEntry: false });
    if (this.#seen !== undefined || mustExist) this.#read();
  }

  /** The content, at most one turn of the event loop old. */
  get current(): Content {
    if (!this.#isChecked) this.#check();
    return this.#content;
  }

  #check(): void {
    this.#isChecked = true;
    setImmediate(this.#forget);
    const stats = this.#stat();
    if (this.#isSettled && isSame(stats, this.#seen)) return;
    const wasThere = this.#seen !== undefined;
    this.#seen = stats;
    this.#isSettled = true;
    try {
      if (stats !== undefined) this.#reload();
      else if (wasThere) this.#lose();
    } catch (error) {
      this.#options.onRejected(error as Error);
    }
  }

  #stat(): Stats | undefined {
    try {
      return statSync(this.#path, { throwIfNoEntry: false });
    } catch {
      return undefined;
    }
  }

  #reload(): void {
    const before = this.#content;
    this.#read();
    if (this.#content !== before) this.#options.onLoaded(this.#content);
  }

  // An atomic change has no moment without a file, so somebody took it away: nothing in it holds any more.
  #lose(): void {
    this.#content = this.#options.whenMissing;
    this.#text = undefined;
    throw new PrivateFileError("not-found", this.#path, "there is no such file any more");
  }

  #read(): void {
    const { text, stats } = readPrivateFile(this.#path, this.#options.maxBytes);
    this.#seen = stats;
    // A time that is yet to come says nothing either, but must not mean reading for ever.
    this.#isSettled = Math.abs(Date.now() - stats.mtimeMs) > YOUNG_MS;
    if (text === this.#text) return;
    this.#text = text;
    this.#content = this.#options.parse(text);
  }
}

function isSame(a: Stats | undefined, b: Stats | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.size === b.size && a.ino === b.ino && a.dev === b.dev;
}
