import { isTerminal, STDIN } from "./terminal.ts";

export interface SignalActions {
  /** First request to end: finish what is under way. */
  readonly drain: () => void;
  /** Asked again while draining. */
  readonly endNow: () => void;
  /** Opens again what is open. Absent when there is nothing of it: SIGHUP then ends the program. */
  readonly refresh?: (() => void) | undefined;
}

/**
 * SIGINT and SIGTERM end the program, gently first; SIGHUP refreshes it, or says that the terminal is gone.
 *
 * @returns Ends it gently without a signal, unless it is ending already.
 */
export function handleSignals(actions: SignalActions): () => void {
  let draining = false;
  const endGently = (): void => {
    if (draining) return;
    draining = true;
    actions.drain();
  };
  const end = (): void => {
    if (draining) actions.endNow();
    else endGently();
  };
  const hasTerminal = isTerminal(STDIN);
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  process.on("SIGHUP", () => {
    // The descriptor of a terminal that was closed is no terminal any more.
    const terminalGone = hasTerminal && !isTerminal(STDIN);
    // What there is to refresh, there is when the server listens.
    const { refresh } = actions;
    if (refresh === undefined || terminalGone) end();
    else refresh();
  });
  return endGently;
}
