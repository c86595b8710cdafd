import { encodeFields } from "@tinyhttp/http-parser";
import { UsageError } from "./failure.ts";

/**
 * Reads the values of `--header`.
 *
 * @param lines Each `Name: value`.
 * @returns All values of each name.
 * @throws {UsageError} A line is not a field line (RFC 9112 §5).
 */
export function readExtraFields(lines: readonly string[]): Record<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trim();
    const value = line.slice(colon + 1).trim();
    if (name === "" || !isSendable(name, value)) {
      throw new UsageError(
        `Cannot read --header ${JSON.stringify(line)}: write it as "Name: value", in one line of plain characters`,
      );
    }
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return Object.fromEntries(fields);
}

/** @throws {UsageError} The value cannot stand in a field. */
export function readCacheControl(value: string): string {
  if (isSendable("Cache-Control", value)) return value;
  throw new UsageError(
    `Cannot read --cache-control ${JSON.stringify(value)}: write it in one line of plain characters, as in "max-age=60"`,
  );
}

function isSendable(name: string, value: string): boolean {
  try {
    encodeFields([[name, value]]);
    return true;
  } catch {
    return false;
  }
}
