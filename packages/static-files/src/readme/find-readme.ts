import type { Entry } from "../listing/entry.ts";

// The first that is there: what is written to be shown comes before what is written to be read in a terminal.
const NAMES: readonly RegExp[] = [/^readme\.md$/i, /^readme\.markdown$/i, /^readme$/i, /^readme\.txt$/i];

/** The entry that describes its directory. */
export function findReadme(entries: readonly Entry[]): Entry | undefined {
  // One pass over what may be 250,000 entries.
  const candidates = entries.filter(({ name, type }) => type === "file" && /^readme(?:\.|$)/i.test(name));
  for (const pattern of NAMES) {
    const found = candidates.find(({ name }) => pattern.test(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

export function isMarkdown(name: string): boolean {
  return /\.(?:md|markdown)$/i.test(name);
}
