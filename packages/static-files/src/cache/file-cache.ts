/** Hot files in memory: within a budget of bytes, and never older than the stated time. */
import type { CachedFile } from "./cached-file.ts";
import { DirectoryLooks } from "./directory-looks.ts";
import { hashOf } from "./text-hash.ts";

/**
 * Files by the hash of their path. A request's path is a text that V8 has not seen, and before V8 looks one up in a map
 * it looks for its like among all texts: with 10,000 files in use that was 5% of a request. Of two files whose paths
 * have the same hash, the latest is held.
 *
 * What is dropped first is decided by second chance: the queue's oldest entry goes unless it was asked for since it was
 * last looked at. A hit then costs one assignment, where a strict order of use would move the entry.
 */
export class FileCache {
  readonly #files: Map<number, CachedFile> = new Map();
  readonly #maxBytes: number;
  readonly #revalidateMs: number;
  readonly #directories: DirectoryLooks;
  #sizeBytes = 0;

  constructor(limits: { readonly maxBytes: number; readonly revalidateMs: number }) {
    this.#maxBytes = limits.maxBytes;
    this.#revalidateMs = limits.revalidateMs;
    // A file whose check rests on such a look is checked again that much sooner.
    this.#directories = new DirectoryLooks(limits.revalidateMs / 10);
  }

  /** Bytes held, overhead included. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /**
   * The file for a path if it is held, and was the path's file within the last `revalidateMs`.
   *
   * @param nowMs Monotonic milliseconds: a clock that is set back would stretch the stated time.
   */
  get(path: string, nowMs: number): CachedFile | undefined {
    const hash = hashOf(path);
    const file = this.#files.get(hash);
    if (file === undefined || file.key !== path) return undefined;
    if (nowMs - file.checkedAtMs >= this.#revalidateMs) {
      const checkedAtMs = file.isUnsettled ? undefined : file.recheck(nowMs, this.#directories);
      if (checkedAtMs === undefined) {
        this.#drop(hash);
        return undefined;
      }
      file.checkedAtMs = checkedAtMs;
    }
    file.isHot = true;
    return file;
  }

  set(file: CachedFile): void {
    const hash = hashOf(file.key);
    this.#drop(hash);
    this.#files.set(hash, file);
    this.#sizeBytes += file.sizeBytes;
    this.#shrink();
  }

  /** Counts bytes that a held file has come to need: its coded forms. */
  grow(file: CachedFile, bytes: number): void {
    file.sizeBytes += bytes;
    if (this.#files.get(hashOf(file.key)) !== file) return;
    this.#sizeBytes += bytes;
    this.#shrink();
  }

  #drop(hash: number): void {
    const file = this.#files.get(hash);
    if (file === undefined) return;
    this.#files.delete(hash);
    this.#sizeBytes -= file.sizeBytes;
  }

  #shrink(): void {
    for (const [hash, file] of this.#files) {
      if (this.#sizeBytes <= this.#maxBytes) return;
      if (file.isHot) {
        // Setting it again puts it at the end of the queue, where this loop comes by a second time.
        file.isHot = false;
        this.#files.delete(hash);
        this.#files.set(hash, file);
      } else {
        this.#drop(hash);
      }
    }
  }
}
