/** What each thread of several-threads.ts loads for itself. */
import { fileURLToPath } from "node:url";
import { byPath, type Handler } from "@tinyhttp/handler";
import { staticFiles } from "@tinyhttp/static-files";
import type { ThreadContext } from "@tinyhttp/thread-server";

const HOT_BYTES = 64 * 1024 * 1024;

export function createHandler({ thread, threads }: ThreadContext): Handler {
  const root = fileURLToPath(new URL("./site", import.meta.url));
  return byPath({
    "/": staticFiles(root, { cache: { maxBytes: HOT_BYTES / threads } }),
    "/thread": () => ({ status: 200, body: `${thread + 1} of ${threads}\n` }),
  });
}
