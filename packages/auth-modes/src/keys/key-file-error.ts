/** Why keys could not be read or changed. */
export type KeyFileErrorCode =
  | "malformed"
  | "unknown-key"
  | "not-live"
  | "too-many-live-keys"
  | "bad-time"
  | "pepper-missing";

/** The key file cannot be used as asked. The message never quotes the file's content. */
export class KeyFileError extends Error {
  static {
    this.prototype.name = "KeyFileError";
  }
  readonly code: KeyFileErrorCode;

  constructor(code: KeyFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
