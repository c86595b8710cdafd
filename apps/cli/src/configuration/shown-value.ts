import type { OptionName } from "../options.ts";

/** An option's value as it may be shown. A field that is added may carry a secret; its name tells which is which. */
export function shownValue(name: OptionName, value: unknown): unknown {
  if (name !== "header" || !Array.isArray(value)) return value;
  return value.map((line: unknown) => `${String(line).split(":", 1)[0]}: (not shown)`);
}
