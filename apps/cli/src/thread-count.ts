import { UsageError } from "./failure.ts";

// More than any machine here has processors; a slip of the keyboard must not start a million threads.
const MAX_THREADS = 256;

/**
 * Reads the value of `--threads`.
 *
 * @throws {UsageError} It is neither a number from 1 on nor `auto`.
 */
export function readThreadCount(value: string): number {
  if (value === "auto") return Math.min(process.getBuiltinModule("node:os").availableParallelism(), MAX_THREADS);
  const count = /^\d{1,3}$/.test(value) ? Number(value) : 0;
  if (count >= 1 && count <= MAX_THREADS) return count;
  throw new UsageError(
    `Cannot read --threads ${JSON.stringify(value)}: write a whole number from 1 to ${MAX_THREADS}, or auto`,
  );
}
