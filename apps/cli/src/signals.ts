import { isTerminal, STDIN } from "./terminal.ts";

export interface SignalActions {
  /** First request to end: finish what is under way. */
  readonly drain: () => void;
  /** Asked again while draining. */
  readonly endNow: () => void;
  /** Log rotation. Absent when there is no file to open again: SIGHUP then ends the program. */
  readonly reopenLog?: (() => void) | undefined;
}

/**
 * SIGINT and SIGTERM end the program, gently first; SIGHUP opens the log again, or says that the terminal is gone.
 *
 * @returns Ends it gently without a signal, unless it is ending already.
 */
export function handleSignals({ drain, endNow, reopenLog }: SignalActions): () => void {
  let draining = false;
  const endGently = (): void => {
    if (draining) return;
    draining = true;
    drain();
  };
  const end = (): void => {
    if (draining) endNow();
    else endGently();
  };
  const hasTerminal = isTerminal(STDIN);
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  process.on("SIGHUP", () => {
    // The descriptor of a terminal that was closed is no terminal any more.
    const terminalGone = hasTerminal && !isTerminal(STDIN);
    if (reopenLog === undefined || terminalGone) end();
    else reopenLog();
  });
  return endGently;
}
