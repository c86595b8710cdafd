/** An option's value as text, which is how the command line and the environment have it. */
import { UsageError } from "../failure.ts";
import type { OptionSpec } from "../options/option-spec.ts";

/**
 * @param writtenAs What the person wrote the value behind: `--port`, `TINYHTTP_PORT`.
 * @param spec Of anything but a boolean.
 * @throws {UsageError} The text does not fit; the message says what would.
 */
export function readOptionText(writtenAs: string, text: string, spec: OptionSpec): string | number {
  const wanted = wantedInstead(text, spec);
  if (wanted !== undefined) {
    throw new UsageError(`Cannot read ${writtenAs} ${JSON.stringify(text)}: write ${wanted}`);
  }
  return spec.type === "number" ? Number(text) : text;
}

/** What would be right in place of `text`; `undefined` when it is right. */
function wantedInstead(text: string, spec: OptionSpec): string | undefined {
  if (spec.choices !== undefined) return spec.choices.includes(text) ? undefined : wantedChoice(spec.choices);
  if (spec.type !== "number") return undefined;
  return isInRange(/^\d{1,9}$/.test(text) ? Number(text) : Infinity, spec) ? undefined : wantedNumber(spec);
}

/** Whether a whole number is one that the option takes. */
export function isInRange(value: number, { min = 0, max = Infinity }: OptionSpec): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

export function wantedChoice(choices: readonly string[]): string {
  return `one of ${choices.join(", ")}`;
}

export function wantedNumber({ min = 0, max }: OptionSpec): string {
  return max === undefined ? `a whole number from ${min} on` : `a whole number from ${min} to ${max}`;
}
