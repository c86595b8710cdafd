/** Why the program ends without having served: one sentence for the person at the shell, and an exit code. */

/** What was typed cannot be understood. */
export class UsageError extends Error {
  static {
    this.prototype.name = "UsageError";
  }
  readonly exitCode = 2;
}

/** What was typed is clear, but this machine will not let it happen: a missing directory, a port in use. */
export class CannotRun extends Error {
  static {
    this.prototype.name = "CannotRun";
  }
  readonly exitCode = 1;
}
