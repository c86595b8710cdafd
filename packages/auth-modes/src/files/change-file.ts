import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { withLock } from "./file-lock.ts";
import { writeAtomically } from "./write-atomically.ts";

/**
 * Changes a file that others may change too: reads, decides and writes while nobody else does. The directory is made
 * where it is missing, closed to others.
 *
 * @throws {FileLockedError} And what `change` throws; the file then stays as it was.
 */
export async function changeFile<Result>(
  path: string,
  change: () => Promise<{ readonly text: string; readonly result: Result }>,
): Promise<Result> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return withLock(path, async (checkHeld) => {
    const { text, result } = await change();
    await checkHeld();
    await writeAtomically(path, text);
    return result;
  });
}
