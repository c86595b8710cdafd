const LONGEST_DELAY_MS = 5000;

export interface RestartSettings {
  readonly maxCrashes: number;
  readonly crashWindowMs: number;
  readonly restartDelayMs: number;
}

export type RestartDecision = { readonly kind: "restart"; readonly delayMs: number } | { readonly kind: "give-up" };

/**
 * What to do about the latest of `crashTimes`.
 *
 * @param crashTimes When threads crashed, in milliseconds, oldest first; the latest is now.
 * @param random In [0, 1): spreads the restarts of threads that crashed together.
 */
export function decideRestart(
  crashTimes: readonly number[],
  settings: RestartSettings,
  random: number,
): RestartDecision {
  const now = crashTimes.at(-1) ?? 0;
  const recent = crashTimes.filter((time) => time > now - settings.crashWindowMs).length;
  if (recent >= settings.maxCrashes) return { kind: "give-up" };
  const delayMs = Math.min(LONGEST_DELAY_MS, settings.restartDelayMs * 2 ** Math.max(0, recent - 1));
  return { kind: "restart", delayMs: delayMs * (1 - random / 2) };
}
