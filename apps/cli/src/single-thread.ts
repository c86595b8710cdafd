import { createAsyncServer, type AsyncServerOptions } from "@tinyhttp/async-server";
import { openApp, type App } from "./app.ts";
import { watchForDownload } from "./once.ts";
import { openReports } from "./reports.ts";
import type { RunningServer } from "./running-server.ts";

const ALONE = { threads: 1, thread: 0 } as const;

/** A server on the main thread. */
export async function singleThread(app: App, serverOptions: AsyncServerOptions): Promise<RunningServer> {
  const { handler, changes, close } = await openApp(app, ALONE, (event) => reports.onSecurityEvent(event));
  // After everything that takes time: who sees the log, and asks the program to end, is understood.
  const reports = openReports(app.options);
  const { promise: downloaded, resolve: onDownloaded } = Promise.withResolvers<void>();
  const observers = app.options.once ? watchForDownload(reports.observers, onDownloaded) : reports.observers;
  const server = createAsyncServer(handler, { ...serverOptions, ...observers });
  return {
    listen: (address) => server.listen(address),
    // A page that waits for changes is never finished, and need not be waited for.
    answering: () => server.counters.answering - (changes?.waiting ?? 0),
    close: async (deadlineMs) => {
      changes?.close();
      await server.close({ deadlineMs });
      await close();
      await reports.close();
    },
    downloaded,
    refresh: reports.reopen,
    replaceCertificates: (certificates) => server.replaceCertificates(certificates),
  };
}
