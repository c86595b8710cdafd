export type ThreadServerErrorCode =
  /** Threads crashed too often; the server has stopped. `cause` is the last crash. */
  | "crash-loop"
  /** A thread ended by itself (`process.exit`, say). */
  | "exited"
  /** A thread's event loop stood still. */
  | "hung"
  /** A thread did not listen in time. */
  | "start-timeout"
  /** The address cannot be taken over by another thread, or the server does not listen. */
  | "cannot-reload"
  /** It was told to listen twice, or on what threads cannot be given, or was closed meanwhile. */
  | "cannot-listen";

/** Something about threads went wrong. Recognise it by `code`. */
export class ThreadServerError extends Error {
  static {
    this.prototype.name = "ThreadServerError";
  }
  readonly code: ThreadServerErrorCode;

  constructor(code: ThreadServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
