const UNITS = ["kB", "MB", "GB", "TB", "PB", "EB"] as const;

/** A size for reading: three digits at least, at most one decimal, SI units (1 kB is 1000 B). */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = "B";
  for (const next of UNITS) {
    // Anything from 999.5 would be shown as 1000.
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  const digits = unit === "B" || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${unit}`;
}
