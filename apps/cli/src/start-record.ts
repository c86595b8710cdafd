/** The security log's first line of a run: with what the program started, or why it did not. */
import type { BoundAddress } from "@tinyhttp/listener";
import type { Configuration } from "./configuration/configuration.ts";
import { shownValue } from "./configuration/shown-value.ts";
import type { OptionName } from "./options.ts";
import { openSecurityLog } from "./security-log.ts";

/** @param reason Why it could not start. */
export async function recordStart(
  { given, options }: Configuration,
  address: BoundAddress | undefined,
  reason?: string,
): Promise<void> {
  if (options["security-log"] === undefined) return;
  const entries = Object.entries(given).map(([name, value]) => [name, shownValue(name as OptionName, value)]);
  const log = openSecurityLog(options);
  log.onSecurityEvent({
    time: new Date().toISOString(),
    event: "started",
    outcome: reason === undefined ? "success" : "failure",
    mode: options.mode,
    reason,
    configuration: { url: address?.url, ...Object.fromEntries(entries) },
  });
  await log.close();
}
