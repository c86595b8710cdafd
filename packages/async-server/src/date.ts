let text = "";
/** What is to be added to the monotonic clock for milliseconds since 1970. */
let epochMs = 0;
/** On the monotonic clock: when the second ends that `text` tells of. Until then nobody has to ask for the time of day. */
let endsAt = -Infinity;

/**
 * The Date field's value (RFC 9110 §6.6.1, §5.6.7): one string per second, shared by all responses. A clock that is set
 * shows within a second.
 *
 * @param now On the monotonic clock.
 */
export function currentHttpDate(now: number): string {
  if (now >= endsAt) readTimeOfDay(now);
  return text;
}

/** Milliseconds since 1970, as {@link currentHttpDate}; whole. */
export function timeOfDayMs(now: number): number {
  if (now >= endsAt) readTimeOfDay(now);
  return Math.floor(epochMs + now);
}

function readTimeOfDay(now: number): void {
  const timeOfDay = Date.now();
  text = new Date(timeOfDay).toUTCString();
  epochMs = timeOfDay - now;
  endsAt = now + 1000 - (timeOfDay % 1000);
}
