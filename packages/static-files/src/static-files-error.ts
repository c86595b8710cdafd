export type StaticFilesErrorCode =
  /** The root does not exist, when the handler is made. */
  | "root-not-found"
  /** The root cannot be read, or is neither a directory nor a regular file. */
  | "root-not-readable"
  /** A file was truncated, rewritten or given back while it was being sent. */
  | "file-changed"
  /** An archive would have more entries than one may have; its connection is broken off. */
  | "too-many-files";

/** What `staticFiles` and the bodies of its responses throw. Recognise it by `code`. */
export class StaticFilesError extends Error {
  static {
    this.prototype.name = "StaticFilesError";
  }
  readonly code: StaticFilesErrorCode;

  constructor(code: StaticFilesErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export function isFileChanged(error: unknown): boolean {
  return error instanceof StaticFilesError && error.code === "file-changed";
}
