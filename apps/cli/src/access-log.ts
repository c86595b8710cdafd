/** One line per finished exchange or malformed request, in the form and to the place that were asked for. */
import type { AsyncServerOptions } from "@tinyhttp/async-server";
import { combinedLine } from "./access-log/combined.ts";
import { jsonLine } from "./access-log/json.ts";
import { logRecordOf, logRecordOfMalformed, type LogRecord } from "./access-log/log-record.ts";
import { prettyLine } from "./access-log/pretty.ts";
import type { Options } from "./options.ts";
import { isTerminal, STDERR, STDOUT } from "./terminal.ts";

export interface Observers {
  readonly onExchange: NonNullable<AsyncServerOptions["onExchange"]>;
  readonly onConnection: NonNullable<AsyncServerOptions["onConnection"]>;
}

export type LogFormat = NonNullable<Options["log-format"]>;

/** Where lines go: a file by name, one of the standard streams, or nowhere. */
export type LogTarget = { readonly path: string } | { readonly fd: typeof STDOUT | typeof STDERR } | undefined;

/** A person at a terminal sees requests go by; a program or a service manager gets a log only where it asks for one. */
export function chooseLogTarget(
  options: Pick<Options, "access-log" | "quiet">,
  hasTerminal: (fd: number) => boolean = isTerminal,
): LogTarget {
  const wanted = options["access-log"];
  if (wanted === "-") return { fd: STDOUT };
  if (wanted !== undefined) return { path: wanted };
  return !options.quiet && hasTerminal(STDERR) ? { fd: STDERR } : undefined;
}

export function chooseLogFormat(wanted: LogFormat | undefined, goesToTerminal: boolean): LogFormat {
  return wanted ?? (goesToTerminal ? "pretty" : "combined");
}

/** @param write Takes a line without its end. */
export function accessLogger(format: LogFormat, colours: boolean, write: (line: string) => void): Observers {
  const lineOf: (record: LogRecord) => string = {
    pretty: (record: LogRecord) => prettyLine(record, colours),
    combined: combinedLine,
    json: jsonLine,
  }[format];
  return {
    onExchange: (exchange) => write(lineOf(logRecordOf(exchange))),
    onConnection: (event) => {
      if (event.kind === "malformed") write(lineOf(logRecordOfMalformed(event, Date.now())));
    },
  };
}
