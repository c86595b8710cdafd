/**
 * The module that every thread of `--threads` loads: the same app as on one thread, with a log writer of its own. A log
 * file is opened once per thread, to append to; a batch of lines is one write, so lines of different threads do not mix.
 */
import type { AsyncServerOptions } from "@tinyhttp/async-server";
import type { Handler } from "@tinyhttp/handler";
import type { ThreadContext } from "@tinyhttp/thread-server";
import { appHandler, type App } from "./app.ts";
import { whenLogIsToReopen } from "./reopen-message.ts";
import { openReports } from "./reports.ts";

export function createHandler({ data, threads }: ThreadContext): Promise<Handler> {
  return appHandler(data as App, threads);
}

export function createServerOptions({ data, onClose }: ThreadContext): AsyncServerOptions {
  const reports = openReports((data as App).options);
  if (reports.reopen !== undefined) whenLogIsToReopen(reports.reopen);
  onClose(reports.close);
  return reports.observers;
}
