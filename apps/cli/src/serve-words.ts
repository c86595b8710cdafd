/** What stands behind `tinyhttp` without a name: what to serve, a port, or both. */
import { UsageError } from "./failure.ts";

const { existsSync } = process.getBuiltinModule("node:fs");

const MAX_PORT = 65_535;

export interface ServeWords {
  readonly root?: string;
  readonly port?: number;
}

/**
 * `tinyhttp 8080` means the port, but for somebody who has a directory of that name; so it does in `tinyhttp ./site 8080`.
 *
 * @param words Two at most.
 * @param exists Whether there is a file or directory of this name.
 * @throws {UsageError} Neither, or each, of two words is a port.
 */
export function readServeWords(words: readonly string[], exists: (name: string) => boolean = existsSync): ServeWords {
  const [first, second] = words;
  if (first === undefined) return {};
  if (second === undefined) return isPort(first) && !exists(first) ? { port: Number(first) } : { root: first };
  // With two of them there is no doubt, whatever exists.
  if (isPort(second)) return { root: first, port: Number(second) };
  if (isPort(first)) return { root: second, port: Number(first) };
  throw new UsageError(
    `Cannot tell what ${JSON.stringify(second)} is for: write tinyhttp [root] [port], with quotes around a name that has spaces`,
  );
}

function isPort(word: string): boolean {
  return /^\d{1,5}$/.test(word) && Number(word) <= MAX_PORT;
}
