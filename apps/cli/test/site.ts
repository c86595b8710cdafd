import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A directory that holds a site to serve in `site/`, with a secret beside it; removed when its block ends. */
export class TemporarySite {
  readonly directory: string = mkdtempSync(join(tmpdir(), "tinyhttp-site-"));
  readonly root: string = join(this.directory, "site");
  static readonly SECRET = "must never be seen";

  constructor(files: Record<string, string | Uint8Array> = {}) {
    mkdirSync(this.root);
    writeFileSync(join(this.directory, "secret.txt"), TemporarySite.SECRET);
    symlinkSync("../secret.txt", join(this.root, "link.txt"));
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string | Uint8Array): void {
    const path = join(this.root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  [Symbol.dispose](): void {
    rmSync(this.directory, { recursive: true });
  }
}

/** Bytes that differ at every place a range could go wrong, and do not compress to nothing. */
export function countingBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let at = 0; at < length; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    bytes[at] = state >>> 16;
  }
  return bytes;
}
