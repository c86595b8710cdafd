/** A directory, with one budget for its hot files however many threads serve it. */
import type { AsyncServerOptions } from "@tinyhttp/async-server";
import type { Handler } from "@tinyhttp/handler";
import { staticFiles } from "@tinyhttp/static-files";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { ThreadContext } from "../src/index.ts";

export function createHandler({ threads, data }: ThreadContext): Handler {
  return staticFiles(String(data), { cache: { maxBytes: 8_388_608 / threads } });
}

/** Keeps its log in memory until the thread ends. */
export function createServerOptions({ thread, data, onClose }: ThreadContext): AsyncServerOptions {
  let lines = "";
  onClose(() => appendFileSync(join(String(data), "log"), lines));
  return { onExchange: ({ request, status }) => void (lines += `${thread} ${request.target} ${status}\n`) };
}
