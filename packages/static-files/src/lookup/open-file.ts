/** An open regular file that is being sent, and that notices when it is changed meanwhile. */
import type { FileSlice } from "@tinyhttp/handler";
import type { ByteRange } from "../ranges/byte-range.ts";
import { StaticFilesError } from "../static-files-error.ts";
import { identityOf, type FileIdentity } from "./file-identity.ts";

const { close, fstatSync, read, readSync } = process.getBuiltinModule("node:fs");

// Of the last 64 reads, 32 bytes each are remembered: see #checkAppended.
const MAX_SAMPLES = 64;
const SAMPLE_BYTES = 32;

interface Sample {
  readonly position: number;
  readonly bytes: Uint8Array;
}

export class OpenFile {
  readonly identity: FileIdentity;
  readonly #descriptor: number;
  readonly #samples: Sample[] = [];
  #sampled = 0;
  #checkedNs: bigint;
  #readsUnderWay = 0;
  #isReleased = false;

  /** @param descriptor An open descriptor, which from now on belongs to this object. */
  constructor(descriptor: number, identity: FileIdentity) {
    this.#descriptor = descriptor;
    this.identity = identity;
    this.#checkedNs = identity.modifiedNs;
  }

  /** Bytes, as announced: what is appended later is not part of it. */
  get length(): number {
    return this.identity.size;
  }

  /**
   * Fills the front of `into` from a position in the file; at least one byte.
   *
   * @throws {StaticFilesError} `file-changed` when the file is no longer what {@link identity} announced. It is looked
   *   at after every read (0.7 µs), so that also reads that overtake each other end with a check.
   */
  async read(into: Uint8Array, position: number): Promise<number> {
    if (this.#isReleased) throw changed("it was given back");
    this.#readsUnderWay += 1;
    try {
      const bytesRead = await readAt(this.#descriptor, into, position);
      if (bytesRead === 0) throw changed("it was truncated");
      this.#remember(into.subarray(0, bytesRead), position);
      this.#check();
      return bytesRead;
    } finally {
      this.#readsUnderWay -= 1;
      if (this.#isReleased) this.#closeWhenIdle();
    }
  }

  /** A range of the file as a response body; closing it closes the file. */
  slice(range: ByteRange): FileSlice {
    const length = range.last - range.first + 1;
    return {
      length,
      read: (into, position) => this.read(into.subarray(0, length - position), range.first + position),
      close: () => this.close(),
    };
  }

  close(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#closeWhenIdle();
  }

  // A descriptor that is closed under a read may already be another file's when the read happens.
  #closeWhenIdle(): void {
    if (this.#readsUnderWay === 0) close(this.#descriptor, () => undefined);
  }

  // The status change time says nothing here: replacing a file by rename also changes it, and harms nobody who reads.
  #check(): void {
    const now = identityOf(fstatSync(this.#descriptor, { bigint: true }));
    if (now.size < this.identity.size) throw changed("it was truncated");
    if (now.modifiedNs === this.#checkedNs) return;
    if (now.size === this.identity.size) throw changed("it was rewritten");
    this.#checkAppended();
    this.#checkedNs = now.modifiedNs;
  }

  // A file that grew was appended to, as a log is, or was rewritten longer. In the first case all that was sent is
  // still there. Samples are compared, as keeping or hashing all of it would cost every transfer what only these
  // need.
  #checkAppended(): void {
    const found = new Uint8Array(SAMPLE_BYTES);
    for (const { position, bytes } of this.#samples) {
      const length = readSync(this.#descriptor, found, 0, bytes.length, position);
      if (Buffer.compare(found.subarray(0, length), bytes) !== 0) throw changed("it was rewritten");
    }
  }

  #remember(bytes: Uint8Array, position: number): void {
    const start = Math.max(0, bytes.length - SAMPLE_BYTES);
    // A copy: the buffer is read into again, and `slice` of a Buffer is no copy.
    const sample = { position: position + start, bytes: new Uint8Array(bytes.subarray(start)) };
    this.#samples[this.#sampled % MAX_SAMPLES] = sample;
    this.#sampled += 1;
  }
}

function readAt(descriptor: number, into: Uint8Array, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, into, 0, into.length, position, (error, bytesRead) => {
      if (error === null) resolve(bytesRead);
      else reject(error);
    });
  });
}

function changed(reason: string): StaticFilesError {
  return new StaticFilesError("file-changed", `Cannot send the rest of a file: ${reason} while it was sent`);
}
