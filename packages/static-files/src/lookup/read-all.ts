import { allocateWithHeadroom } from "@tinyhttp/handler";
import type { OpenFile } from "./open-file.ts";

/**
 * Reads a whole file into memory of its own, and closes it.
 *
 * @throws {StaticFilesError} `file-changed` when it was truncated or rewritten meanwhile.
 */
export async function readAll(file: OpenFile): Promise<Uint8Array> {
  try {
    const bytes = allocateWithHeadroom(file.length);
    for (let filled = 0; filled < bytes.length;) filled += await file.read(bytes.subarray(filled), filled);
    return bytes;
  } finally {
    file.close();
  }
}
