/** Everything that is reported while serving: the access log, the security log, `--debug`, and what handlers throw. */
import type { AsyncServerOptions } from "@tinyhttp/async-server";
import type { HttpRequest } from "@tinyhttp/handler";
import { accessLogger, chooseLogFormat, chooseLogTarget, type Observers } from "./access-log.ts";
import { debugLine, debugLines } from "./debug-log.ts";
import { LogWriter, openLogFile } from "./log-writer.ts";
import type { Options } from "./options.ts";
import { openSecurityLog, type SecurityLog } from "./security-log.ts";
import { showable } from "./safe-text.ts";
import { isTerminal, STDERR, STDOUT, wantsColours, warn } from "./terminal.ts";

export interface Reports {
  readonly observers: Pick<AsyncServerOptions, "onExchange" | "onConnection" | "onError">;
  readonly onSecurityEvent: SecurityLog["onSecurityEvent"];
  /** Present when lines go to a file, which log rotation may want opened again. */
  readonly reopen: (() => void) | undefined;
  /** Writes what waits. */
  readonly close: () => Promise<void>;
}

/** @throws {CannotRun} The log file cannot be opened. */
export function openReports(options: Options): Reports {
  const errors = new LogWriter({ name: "standard error", path: undefined, fd: STDERR }, () => {});
  const accessLog = openAccessLog(options, errors);
  const securityLog = openSecurityLog(options);
  const observers: Observers[] = [];
  if (options.debug) observers.push(debugObservers(errors));
  if (accessLog !== undefined) observers.push(accessLog.observers);
  return {
    observers: {
      ...together(observers),
      onError: (error, request) => errors.write(describeError(error, request, options.debug)),
    },
    onSecurityEvent: securityLog.onSecurityEvent,
    reopen: bothOf(accessLog?.reopen, securityLog.reopen),
    close: async () => {
      await Promise.all([errors.close(), accessLog?.writer.close(), securityLog.close()]);
    },
  };
}

type Reopen = SecurityLog["reopen"];

function bothOf(one: Reopen, other: Reopen): Reopen {
  if (one === undefined || other === undefined) return one ?? other;
  return () => {
    one();
    other();
  };
}

interface AccessLog {
  readonly observers: Observers;
  readonly writer: LogWriter;
  readonly reopen: Reopen;
}

function openAccessLog(options: Options, errors: LogWriter): AccessLog | undefined {
  const target = chooseLogTarget(options);
  if (target === undefined) return undefined;
  const fd = "fd" in target ? target.fd : undefined;
  let writer = errors;
  if ("path" in target) writer = new LogWriter(openLogFile(target.path), warn);
  else if (target.fd === STDOUT) writer = new LogWriter({ name: "standard output", path: undefined, fd: STDOUT }, warn);
  const format = chooseLogFormat(options["log-format"], fd !== undefined && isTerminal(fd));
  const colours = fd !== undefined && wantsColours(fd, process.env);
  const reopen = writer.path === undefined ? undefined : () => writer.reopen();
  return { writer, reopen, observers: accessLogger(format, colours, (line) => writer.write(line)) };
}

function debugObservers(errors: LogWriter): Observers {
  return {
    onExchange: (exchange) => errors.write(debugLines(exchange)),
    onConnection: (event) => {
      const line = debugLine(event);
      if (line !== undefined) errors.write(line);
    },
  };
}

/** With nobody to tell, the server is told of nobody: that costs it nothing. */
function together(all: readonly Observers[]): Partial<Observers> {
  if (all.length < 2) return all[0] ?? {};
  return {
    onExchange: (exchange) => {
      for (const { onExchange } of all) onExchange(exchange);
    },
    onConnection: (event) => {
      for (const { onConnection } of all) onConnection(event);
    },
  };
}

function describeError(error: unknown, request: HttpRequest | undefined, withStack: boolean): string {
  const text = error instanceof Error ? ((withStack ? error.stack : undefined) ?? error.message) : String(error);
  const lines = text.split("\n").map((line) => showable(line));
  const subject = request === undefined ? "a request" : `${request.method} ${request.target.replace(/\?.*/s, "")}`;
  return `tinyhttp: Cannot answer ${showable(subject, 200)}: ${lines.join("\n")}`;
}
