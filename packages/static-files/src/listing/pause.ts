import { setImmediate } from "node:timers/promises";

/**
 * Lets the event loop serve everybody else before a long listing goes on.
 *
 * @throws The signal's reason, once it has aborted.
 */
export async function pause(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}
