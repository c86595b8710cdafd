// Listings that wait for their next slice of work, the longest wait first.
const waiting: (() => void)[] = [];

/**
 * Lets the event loop serve everybody else before a long listing goes on. Each turn of the event loop continues one
 * listing only: twenty large ones at once take longer, and hold up nobody else more than one does.
 *
 * @throws The signal's reason, once it has aborted.
 */
export async function pause(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(resumeNext);
  });
  signal.throwIfAborted();
}

function resumeNext(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(resumeNext);
}
