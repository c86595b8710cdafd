/** Files that nobody else may read. What is checked is the file that was opened, not the name that led to it. */
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from "node:fs";

/** Why a file with secrets cannot be used. */
export type PrivateFileErrorCode =
  | "not-found"
  | "not-readable"
  | "not-private"
  | "not-owned"
  | "not-regular"
  | "too-large";

/** A file with secrets that cannot be used. The message says what would make it usable; it never quotes content. */
export class PrivateFileError extends Error {
  static {
    this.prototype.name = "PrivateFileError";
  }
  readonly code: PrivateFileErrorCode;
  readonly path: string;

  constructor(code: PrivateFileErrorCode, path: string, message: string, options?: ErrorOptions) {
    super(`Cannot use ${path}: ${message}`, options);
    this.code = code;
    this.path = path;
  }
}

/** A file's text, and what tells this version of it from others. */
export interface PrivateFile {
  readonly text: string;
  readonly stats: Stats;
}

/**
 * Reads a file, provided that it is a regular one that belongs to this user and is closed to all others.
 *
 * @param maxBytes What is longer is refused, not cut.
 * @throws {PrivateFileError}
 */
export function readPrivateFile(path: string, maxBytes: number): PrivateFile {
  const descriptor = openPrivate(path);
  try {
    const stats = fstatSync(descriptor);
    checkPrivate(path, stats);
    if (stats.size > maxBytes) {
      throw new PrivateFileError("too-large", path, `it has ${stats.size} bytes; expected at most ${maxBytes}`);
    }
    return { text: readFileSync(descriptor, "utf8"), stats };
  } finally {
    closeSync(descriptor);
  }
}

// Without O_NONBLOCK, opening a FIFO would wait for a writer, for ever.
function openPrivate(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    if (isErrno(cause, "ENOENT")) throw new PrivateFileError("not-found", path, "there is no such file", { cause });
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown error";
    throw new PrivateFileError("not-readable", path, `the system does not let this user read it (${code})`, { cause });
  }
}

function checkPrivate(path: string, stats: Stats): void {
  if (!stats.isFile()) throw new PrivateFileError("not-regular", path, "it is not a regular file");
  // Windows has neither modes nor owners in this form.
  if (process.geteuid === undefined) return;
  const mode = (stats.mode & 0o777).toString(8).padStart(3, "0");
  if ((stats.mode & 0o077) !== 0) {
    throw new PrivateFileError("not-private", path, `others may access it (mode ${mode}); run: chmod 600 ${path}`);
  }
  const user = process.geteuid();
  if (stats.uid !== user) {
    throw new PrivateFileError("not-owned", path, `it belongs to user ${stats.uid}, not to user ${user} who runs this`);
  }
}

/** Whether a thrown value is the system error `code`. */
export function isErrno(value: unknown, code: string): boolean {
  return value instanceof Error && "code" in value && value.code === code;
}
