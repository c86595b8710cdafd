export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @param values At least one. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const least = sorted[0];
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) throw new RangeError("Cannot take the median of no values");
  return { median: median(sorted), least, most };
}

function median(sorted: readonly number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/**
 * How often `values` exceed `baseline`, round by round. The two of one round ran within seconds of each other, so
 * a machine that slows down for a while moves both and leaves the ratio.
 */
export function ratiosOf(values: readonly number[], baseline: readonly number[]): number[] {
  return values.map((value, round) => value / (baseline[round] ?? Number.NaN));
}
