import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServedSite } from "./servers/server.ts";
import type { Work } from "./works.ts";

/** Writes the files of all works into a new temporary directory. Remove it with {@link removeSite}. */
export function makeSite(works: readonly Work[]): ServedSite {
  const scratch = mkdtempSync(join(tmpdir(), "tinyhttp-bench-"));
  // mkdtemp gives 0700; an nginx started by root reads as another user.
  chmodSync(scratch, 0o755);
  const root = join(scratch, "site");
  mkdirSync(root);
  for (const { fileName, sizeBytes, load } of works) {
    if (load.kind === "one") writeFileSync(join(root, fileName), fileContent(sizeBytes));
    else if (load.kind === "random") writeMany(join(root, fileName), load.files, sizeBytes);
  }
  return { root, scratch };
}

function writeMany(directory: string, files: number, sizeBytes: number): void {
  mkdirSync(directory);
  for (let index = 0; index < files; index++) {
    writeFileSync(join(directory, `${index}.txt`), String(index).padEnd(sizeBytes, "."));
  }
}

/** The site as a work has it served: with a log or without. */
export function siteOf({ isLogged }: Work, site: ServedSite): ServedSite {
  return isLogged === true ? { ...site, accessLog: join(site.scratch, "access.log") } : site;
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
