/**
 * The module that every thread of `--threads` loads: the same app as on one thread, with a log writer of its own. A log
 * file is opened once per thread, to append to; a batch of lines is one write, so lines of different threads do not mix.
 */
import type { AsyncServerOptions } from "@tinyhttp/async-server";
import type { Handler } from "@tinyhttp/handler";
import type { ThreadContext } from "@tinyhttp/thread-server";
import { openApp, type App } from "./app.ts";
import { whenLogIsToReopen } from "./reopen-message.ts";
import { openReports, type Reports } from "./reports.ts";

// A module is loaded once per thread: what its two functions share is the thread's own.
let reports: Reports | undefined;

export function createServerOptions({ data, onClose }: ThreadContext): AsyncServerOptions {
  const { observers, reopen, close } = reportsOf(data as App);
  if (reopen !== undefined) whenLogIsToReopen(reopen);
  onClose(close);
  return observers;
}

export async function createHandler({ data, threads, thread, onClose }: ThreadContext): Promise<Handler> {
  const app = data as App;
  const { handler, close } = await openApp(app, { threads, thread }, reportsOf(app).onSecurityEvent);
  onClose(close);
  return handler;
}

function reportsOf({ options }: App): Reports {
  reports ??= openReports(options);
  return reports;
}
