const { readFileSync } = process.getBuiltinModule("node:fs");

/** Connections that one address may hold when nothing else is said. */
export const DEFAULT_CONNECTIONS_PER_ADDRESS = 256;
const MOST_CONNECTIONS = 10_000;
// What connections must leave for files, logs and the runtime itself.
const RESERVED_DESCRIPTORS = 64;
const CONNECTION_SHARE = 0.8;
const FEWEST_CONNECTIONS = 8;

/**
 * How many connections fit beside everything else that needs a descriptor: `min(0.8 × limit − 64, 10 000)`, at
 * least 8.
 *
 * @param descriptorLimit The process's limit of open descriptors; `undefined` where it is not known.
 */
export function connectionBudget(descriptorLimit: number | undefined): number {
  if (descriptorLimit === undefined) return MOST_CONNECTIONS;
  const budget = Math.floor(CONNECTION_SHARE * descriptorLimit) - RESERVED_DESCRIPTORS;
  return Math.max(FEWEST_CONNECTIONS, Math.min(MOST_CONNECTIONS, budget));
}

/** The process's limit of open descriptors, where the system has a file that says so (Linux). */
export function readDescriptorLimit(): number | undefined {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "latin1"))?.[1];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    return undefined;
  }
}
