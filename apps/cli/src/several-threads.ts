import { extname } from "node:path";
import type { BoundAddress, ListenAddress } from "@tinyhttp/listener";
import {
  createThreadServer,
  type CloneableServerOptions,
  type ThreadEvent,
  type ThreadServer,
} from "@tinyhttp/thread-server";
import { contentHandler, type App } from "./app.ts";
import { CannotRun } from "./failure.ts";
import { reopenLogs } from "./reopen-message.ts";
import type { RunningServer } from "./running-server.ts";
import { systemReason } from "./system-reason.ts";
import { warn } from "./terminal.ts";

// It lies beside this file: as TypeScript in the source, as JavaScript in the package.
const MODULE = new URL(`./app-module${extname(import.meta.url)}`, import.meta.url);

/** A server of threads, each of which serves the whole app. */
export async function severalThreads(
  app: App,
  serverOptions: CloneableServerOptions,
  threads: number,
): Promise<RunningServer> {
  // What is wrong with a directory is told apart here: an error from a thread is but a message.
  if (app.options.handler === undefined) await contentHandler(app, threads);
  const server = createThreadServer({
    module: MODULE,
    threads,
    data: app,
    serverOptions,
    onEvent: report,
  });
  server.stopped.catch((error: unknown) => {
    warn(systemReason(error));
    process.exit(1);
  });
  return {
    listen: (address) => listen(server, address),
    answering: () => server.counters?.answering ?? 0,
    close: (deadlineMs) => server.close({ deadlineMs }),
    refresh: () => {
      // A thread that has something to finish would write to the old file until then.
      reopenLogs();
      // Of a directory, nothing is loaded that could have changed.
      if (app.options.handler !== undefined) void replaceThreads(server, app);
    },
    replaceCertificates: (certificates) => server.replaceCertificates(certificates),
  };
}

async function listen(server: ThreadServer, address: ListenAddress): Promise<BoundAddress> {
  if ("fd" in address || "server" in address) {
    throw new CannotRun("Cannot share an inherited socket between threads; leave --threads out, or give a --port");
  }
  try {
    return await server.listen(address);
  } catch (cause) {
    if (cause instanceof Error && cause.name === "ListenError") throw cause;
    throw new CannotRun(systemReason(cause), { cause });
  }
}

async function replaceThreads(server: ThreadServer, app: App): Promise<void> {
  try {
    await server.reload();
    if (!app.options.quiet) warn(`Loaded again by ${server.threads} threads`);
  } catch (error) {
    warn(systemReason(error));
    warn("The threads from before serve on");
  }
}

function report(event: ThreadEvent): void {
  if (event.kind === "unshared") warn(event.reason);
  else if (event.kind === "crashed") {
    const next = event.restartInMs === undefined ? "" : ", and is replaced";
    warn(`Thread ${event.thread} crashed${next}: ${systemReason(event.error)}`);
  }
}
