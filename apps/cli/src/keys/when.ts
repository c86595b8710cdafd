/** Times as people write them at a shell. */
import { UsageError } from "../failure.ts";

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND_MS,
  m: 60 * SECOND_MS,
  h: 3600 * SECOND_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  y: 365 * DAY_MS,
};
const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/**
 * Reads a length of time.
 *
 * @param writtenAs The option's name, for the message.
 * @returns Milliseconds.
 * @throws {UsageError} It is neither 0 nor a number with a unit.
 */
export function readSpan(writtenAs: string, text: string): number {
  const duration = durationOf(text);
  if (duration !== undefined) return duration;
  throw new UsageError(
    `Cannot read ${writtenAs} ${JSON.stringify(text)}: write a number and s, m, h, d, w or y, as in 30d`,
  );
}

/**
 * Reads a moment: so long from `now`, or a date, which begins at midnight of the local time zone.
 *
 * @param now Milliseconds since 1970.
 * @returns Milliseconds since 1970.
 * @throws {UsageError} It is neither.
 */
export function readMoment(writtenAs: string, text: string, now: number): number {
  const duration = durationOf(text);
  if (duration !== undefined) return now + duration;
  // By itself a date would begin at midnight in Greenwich, and one with a time here.
  const moment = DATE.test(text) ? Date.parse(text.includes("T") ? text : `${text}T00:00`) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  throw new UsageError(
    `Cannot read ${writtenAs} ${JSON.stringify(text)}: write a time from now, as in 12h, 30d or 1y, or a date, as in 2027-01-31`,
  );
}

function durationOf(text: string): number | undefined {
  if (text === "0") return 0;
  const [, count, unit] = /^(\d{1,6})([smhdwy])$/.exec(text) ?? [];
  const unitMs = UNITS[unit ?? ""];
  return unitMs === undefined ? undefined : Number(count) * unitMs;
}
