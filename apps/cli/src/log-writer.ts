/**
 * Lines into a file, a pipe or a terminal, without ever holding up the event loop: lines collect for a moment and go out
 * in one write, one write at a time. A slow or full destination costs lines, which are counted, and never a request.
 */
import { CannotRun } from "./failure.ts";
import { LineBuffer } from "./line-buffer.ts";
import { logSink, type LogSink } from "./log-sink.ts";
import { systemReason } from "./system-reason.ts";

const { openSync } = process.getBuiltinModule("node:fs");

// A line waits at most this long: 40 writes a second at most, and a person sees no delay.
const BATCH_MS = 25;
// Beyond this the batch goes out at once.
const BATCH_LENGTH = 64 * 1024;
// What may wait while a write is under way; at 150 bytes a line, 28,000 lines.
const MAX_WAITING_LENGTH = 4 * 1024 * 1024;
const CLOSE_WITHIN_MS = 2000;
const NEWLINE = 0x0a;
const LINE_END = Buffer.of(NEWLINE);

export interface LogDestination {
  /** As the person wrote it, for messages. */
  readonly name: string;
  /** `undefined`: an inherited stream, such as standard error, which is neither opened nor closed. */
  readonly path: string | undefined;
  readonly fd: number;
}

export function openLogFile(path: string): LogDestination {
  try {
    return { name: path, path, fd: openForAppending(path) };
  } catch (error) {
    const fix = "name a file that may be written, in a directory that exists";
    throw new CannotRun(`Cannot open the log ${JSON.stringify(path)}: ${systemReason(error)}; ${fix}`, {
      cause: error,
    });
  }
}

export class LogWriter {
  readonly #name: string;
  readonly #path: string | undefined;
  readonly #report: (sentence: string) => void;
  #fd: number;
  #sink: LogSink | undefined;
  readonly #waiting = new LineBuffer(MAX_WAITING_LENGTH);
  #batch: Buffer | undefined;
  #written = 0;
  #timer: NodeJS.Timeout | undefined;
  #reopenWanted = false;
  #tornLine = false;
  #dropped = 0;
  #troubled = false;
  #whenIdle: (() => void) | undefined;

  /** @param report Told, in a sentence, when lines begin to be dropped and when they no longer are. */
  constructor(destination: LogDestination, report: (sentence: string) => void) {
    this.#name = destination.name;
    this.#path = destination.path;
    this.#fd = destination.fd;
    this.#report = report;
  }

  /** Of the file that is written; `undefined` for an inherited stream. */
  get path(): string | undefined {
    return this.#path;
  }

  /** Lines that were not written, since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @param line Without its line end. */
  write(line: string): void {
    if (!this.#waiting.add(line)) {
      this.#drop(1, "it takes lines too slowly");
      return;
    }
    if (this.#waiting.length >= BATCH_LENGTH) this.#startBatch();
    else this.#timer ??= setTimeout(() => this.#startBatch(), BATCH_MS);
  }

  /** Closes the file and opens the same name again: for log rotation, which has renamed or removed it. */
  reopen(): void {
    if (this.#path === undefined) return;
    this.#reopenWanted = true;
    // Lines up to here belong to the old file.
    this.#startBatch();
    if (this.#batch === undefined) this.#reopenNow();
  }

  /** Writes what waits. Resolves when that is done, or after two seconds when the destination takes nothing. */
  async close(): Promise<void> {
    this.#startBatch();
    if (this.#batch !== undefined) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve;
        setTimeout(resolve, CLOSE_WITHIN_MS).unref();
      });
    }
    if (this.#path !== undefined) this.#sink?.close();
  }

  #startBatch(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#batch !== undefined || this.#waiting.length === 0) return;
    const waiting = this.#waiting.take();
    this.#batch = this.#tornLine ? Buffer.concat([LINE_END, waiting]) : waiting;
    this.#written = 0;
    this.#continueBatch();
  }

  #continueBatch(): void {
    const batch = this.#batch;
    if (batch === undefined) return;
    this.#sink ??= logSink(this.#fd);
    this.#sink.write(batch.subarray(this.#written), (error, count) => {
      if (error?.code === "EAGAIN") {
        setTimeout(() => this.#continueBatch(), BATCH_MS);
        return;
      }
      if (error !== null) {
        this.#abandonBatch(batch, systemReason(error));
        return;
      }
      this.#written += count;
      if (this.#written < batch.length) this.#continueBatch();
      else this.#finishBatch();
    });
  }

  #finishBatch(): void {
    this.#tornLine = false;
    if (this.#troubled) {
      this.#troubled = false;
      this.#report(`The log ${JSON.stringify(this.#name)} is written again; lines dropped so far: ${this.#dropped}`);
    }
    this.#next();
  }

  #abandonBatch(batch: Buffer, reason: string): void {
    // A line of which a part was written must not run into the next one.
    if (this.#written > 0) this.#tornLine = batch[this.#written - 1] !== NEWLINE;
    this.#drop(countLines(batch.subarray(this.#written)), reason);
    this.#next();
  }

  #next(): void {
    if (this.#batch !== undefined) this.#waiting.giveBack(this.#batch);
    this.#batch = undefined;
    if (this.#reopenWanted) this.#reopenNow();
    if (this.#waiting.length >= BATCH_LENGTH || this.#whenIdle !== undefined) this.#startBatch();
    else if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#startBatch(), BATCH_MS);
    if (this.#batch === undefined) this.#whenIdle?.();
  }

  #reopenNow(): void {
    this.#reopenWanted = false;
    if (this.#path === undefined) return;
    try {
      const fd = openForAppending(this.#path);
      (this.#sink ?? logSink(this.#fd)).close();
      this.#fd = fd;
      this.#sink = undefined;
      this.#tornLine = false;
    } catch (error) {
      this.#report(`Cannot reopen the log ${JSON.stringify(this.#name)}: ${systemReason(error)}; the old file is kept`);
    }
  }

  #drop(lines: number, reason: string): void {
    this.#dropped += lines;
    if (this.#troubled) return;
    this.#troubled = true;
    this.#report(`Cannot write the log ${JSON.stringify(this.#name)}: ${reason}; requests go on, lines are dropped`);
  }
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (const byte of bytes) if (byte === NEWLINE) lines++;
  return lines;
}

// Readable by the group, as web logs are; not by everyone, since they say who read what.
function openForAppending(path: string): number {
  return openSync(path, "a", 0o640);
}
