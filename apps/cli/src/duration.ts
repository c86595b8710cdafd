import { UsageError } from "./failure.ts";

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
/** As units go down: `1h30m`. */
const FORM = /^(?:(\d{1,7})(d))?(?:(\d{1,7})(h))?(?:(\d{1,7})(m))?(?:(\d{1,7})(s))?$/;
// A timer counts to 2^31 − 1 milliseconds, a little less than 25 days.
const LONGEST_MS = 24 * 86_400_000;

/**
 * Reads a time as people write it: `90s`, `30m`, `2h`, `1h30m`, `1d`.
 *
 * @param option For the message, as in `--for`.
 * @returns Milliseconds, above 0.
 * @throws {UsageError} It is no such time, or longer than 24 days.
 */
export function readDuration(option: string, text: string): number {
  const parts = (FORM.exec(text) ?? []).slice(1);
  let seconds = 0;
  for (let at = 0; at < parts.length; at += 2) {
    seconds += Number(parts[at] ?? 0) * (SECONDS_PER_UNIT[parts[at + 1] ?? ""] ?? 0);
  }
  const milliseconds = seconds * 1000;
  if (milliseconds > 0 && milliseconds <= LONGEST_MS) return milliseconds;
  throw new UsageError(
    `Cannot read ${option} ${JSON.stringify(text)}: write a time from 1s to 24d, as in 90s, 30m, 2h or 1h30m`,
  );
}
