/** Directories that exist for one test. */
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

const LONG_AGO = new Date("2025-06-01T12:00:00.250Z");

/** A new directory with these files; removed when the test ends. */
export function temporarySite(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "static-files-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) putFile(join(root, name), content);
  return root;
}

export function putFile(path: string, content: string | Uint8Array, modified: Date = LONG_AGO): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  utimesSync(path, modified, modified);
}

/** How many descriptors this process has open. */
export function openDescriptors(): number {
  return readdirSync("/dev/fd").length;
}

/** Waits until the files of a test are older than the step of the file system's clock: until then, tags are weak. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 60));
}
