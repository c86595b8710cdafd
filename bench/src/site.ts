import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServedSite } from "./servers/server.ts";
import type { Work } from "./works.ts";

/** Writes the files of the works into a new temporary directory. Remove it with {@link removeSite}. */
export function makeSite(works: readonly Work[]): ServedSite {
  const scratch = mkdtempSync(join(tmpdir(), "tinyhttp-bench-"));
  // mkdtemp gives 0700; an nginx started by root reads as another user.
  chmodSync(scratch, 0o755);
  const root = join(scratch, "site");
  mkdirSync(root);
  for (const work of works) writeFileSync(join(root, work.fileName), fileContent(work.sizeBytes));
  return { root, scratch };
}

export function removeSite(site: ServedSite): void {
  rmSync(site.scratch, { recursive: true, force: true });
}

/** Printable, the same in each run, and without a period, so that bytes from a wrong offset are noticed. */
export function fileContent(sizeBytes: number): Uint8Array {
  const content = new Uint8Array(sizeBytes);
  let state = 1;
  for (let index = 0; index < sizeBytes; index++) {
    // The linear congruential generator of POSIX rand_r; its upper bits have the full period of 2^32.
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    content[index] = 0x40 + (state >>> 26);
  }
  return content;
}
