import { createAsyncServer } from "@tinyhttp/async-server";
import { appHandler, type App } from "./app.ts";
import { openReports } from "./reports.ts";
import type { RunningServer } from "./running-server.ts";

/** A server on the main thread. */
export async function singleThread(app: App): Promise<RunningServer> {
  const handler = await appHandler(app, 1);
  const reports = openReports(app.options);
  const server = createAsyncServer(handler, reports.observers);
  return {
    listen: (address) => server.listen(address),
    answering: () => server.counters.answering,
    close: async (deadlineMs) => {
      await server.close({ deadlineMs });
      await reports.close();
    },
    refresh: reports.reopen,
  };
}
