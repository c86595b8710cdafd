/** A rate as people write it: `100/s`, `6000/m,200`. */
import type { RateLimit } from "@tinyhttp/rate-limits";
import { UsageError } from "../failure.ts";

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const FORM = /^([1-9]\d{0,7})\/([smhd])(?:,([1-9]\d{0,6}))?$/;

/**
 * @param writtenAs The option's name, for the message.
 * @returns As many requests at once as the rate has in its unit, unless the text says how many.
 * @throws {UsageError} It has another form. There is none for no limit at all.
 */
export function readRate(writtenAs: string, text: string): RateLimit {
  const [, requests, unit = "", burst] = FORM.exec(text) ?? [];
  const perMs = UNITS[unit];
  if (perMs === undefined) {
    throw new UsageError(
      `Cannot read ${writtenAs} ${JSON.stringify(text)}: write how many in a second, minute, hour or day, as in 100/s, 6000/m or 100/s,1000`,
    );
  }
  return { requests: Number(requests), perMs, ...(burst === undefined ? {} : { burst: Number(burst) }) };
}
