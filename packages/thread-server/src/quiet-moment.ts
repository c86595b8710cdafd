const QUIET_TURNS = 2;
const LONGEST_WAIT_MS = 100;

/**
 * Waits for a turn of the event loop in which nobody connects. A listening socket that is closed resets the
 * connections that the system has taken for it and nobody has accepted yet, so it is closed when there are none: at
 * once after this, in the same turn.
 *
 * @param accepted Connections accepted so far.
 */
export function quietMoment(accepted: () => number): Promise<void> {
  const latest = performance.now() + LONGEST_WAIT_MS;
  let known = accepted();
  let quietTurns = 0;
  return new Promise((resolve) => {
    const look = (): void => {
      quietTurns = accepted() === known ? quietTurns + 1 : 0;
      known = accepted();
      if (quietTurns >= QUIET_TURNS || performance.now() > latest) resolve();
      else setImmediate(look);
    };
    setImmediate(look);
  });
}
