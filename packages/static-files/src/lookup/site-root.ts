/** What is served: a directory, or a single file. Knows its real path, and so what lies inside it. */
import { basename, resolve, sep } from "node:path";
import { StaticFilesError } from "../static-files-error.ts";

const { realpathSync, statSync } = process.getBuiltinModule("node:fs");

export class SiteRoot {
  /** Absolute, with the symlinks it was named by: a link to the current release may be turned while serving. */
  readonly path: string;
  readonly isFile: boolean;
  #realPath: string;

  /** @throws {StaticFilesError} `root-not-found`, `root-not-readable`. */
  constructor(root: string) {
    this.path = resolve(root);
    try {
      this.#realPath = realpathSync(this.path);
      const stats = statSync(this.#realPath);
      this.isFile = stats.isFile();
      if (!this.isFile && !stats.isDirectory()) throw unreadable(root, "it is neither a directory nor a regular file");
    } catch (cause) {
      if (cause instanceof StaticFilesError) throw cause;
      throw rootFailure(root, cause);
    }
  }

  /** The file system path for a normalised URL path. */
  resolve(path: string): string {
    if (this.isFile) return this.path;
    const relative = sep === "/" ? path : path.replaceAll("/", sep);
    return this.path.endsWith(sep) ? this.path + relative.slice(1) : this.path + relative;
  }

  /** The URL path of a single file's own name; it is served there and at the top. `undefined` for a directory. */
  get filePath(): string | undefined {
    return this.isFile ? `/${basename(this.path)}` : undefined;
  }

  /** Whether a real path lies inside the root, or is the root. */
  contains(realPath: string): boolean {
    const prefix = this.#realPath.endsWith(sep) ? this.#realPath : this.#realPath + sep;
    return realPath === this.#realPath || realPath.startsWith(prefix);
  }

  /** Looks up the root's real path again, as a link above it may have been turned. Whether it is another one now. */
  refresh(): boolean {
    const before = this.#realPath;
    try {
      this.#realPath = realpathSync(this.path);
    } catch {
      return false;
    }
    return before !== this.#realPath;
  }

  /** Whether the root is there at all; a disk may have been unmounted. */
  isPresent(): boolean {
    try {
      const stats = statSync(this.path, { throwIfNoEntry: false });
      return stats !== undefined && stats.isFile() === this.isFile;
    } catch {
      return false;
    }
  }
}

function rootFailure(root: string, cause: unknown): StaticFilesError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") {
    const message = `Cannot serve ${JSON.stringify(root)}: no such directory or file`;
    return new StaticFilesError("root-not-found", message, { cause });
  }
  return unreadable(root, `it cannot be read (${String(code)})`, cause);
}

function unreadable(root: string, reason: string, cause?: unknown): StaticFilesError {
  return new StaticFilesError("root-not-readable", `Cannot serve ${JSON.stringify(root)}: ${reason}`, { cause });
}
