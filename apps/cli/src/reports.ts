/** Everything that is reported while serving: the access log, `--debug`, and what handlers throw. */
import type { AsyncServerOptions, Exchange } from "@tinyhttp/async-server";
import { accessLogger, chooseLogFormat, chooseLogTarget } from "./access-log.ts";
import { debugLines } from "./debug-log.ts";
import { LogWriter, openLogFile } from "./log-writer.ts";
import type { Options } from "./options.ts";
import { showable } from "./safe-text.ts";
import { isTerminal, STDERR, STDOUT, wantsColours, warn } from "./terminal.ts";

export interface Reports {
  readonly observers: Pick<AsyncServerOptions, "onExchange" | "onError">;
  /** Present when lines go to a file, which log rotation may want opened again. */
  readonly reopen: (() => void) | undefined;
  /** Writes what waits. */
  readonly close: () => Promise<void>;
}

/** @throws {CannotRun} The log file cannot be opened. */
export function openReports(options: Options): Reports {
  const errors = new LogWriter({ name: "standard error", path: undefined, fd: STDERR }, () => {});
  const accessLog = openAccessLog(options, errors);
  const observers: ((exchange: Exchange) => void)[] = [];
  if (options.debug) observers.push((exchange) => errors.write(debugLines(exchange)));
  if (accessLog !== undefined) observers.push(accessLog.record);
  return {
    observers: {
      ...(observers.length === 0 ? {} : { onExchange: together(observers) }),
      onError: (error, exchange) => errors.write(describeError(error, exchange, options.debug)),
    },
    reopen: accessLog?.writer.path === undefined ? undefined : () => accessLog.writer.reopen(),
    close: async () => {
      await Promise.all([errors.close(), accessLog?.writer.close()]);
    },
  };
}

interface AccessLog {
  readonly record: (exchange: Exchange) => void;
  readonly writer: LogWriter;
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
  return { writer, record: accessLogger(format, colours, (line) => writer.write(line)) };
}

function together(observers: readonly ((exchange: Exchange) => void)[]): (exchange: Exchange) => void {
  const [first, ...others] = observers;
  if (first !== undefined && others.length === 0) return first;
  return (exchange) => {
    for (const observe of observers) observe(exchange);
  };
}

function describeError(error: unknown, exchange: Exchange | undefined, withStack: boolean): string {
  const reason = error instanceof Error ? ((withStack ? error.stack : undefined) ?? error.message) : String(error);
  const subject =
    exchange === undefined ? "a request" : showable(`${exchange.request.method} ${exchange.request.path}`, 200);
  return `tinyhttp: Cannot answer ${subject}: ${reason
    .split("\n")
    .map((line) => showable(line))
    .join("\n")}`;
}
