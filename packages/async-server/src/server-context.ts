import type { Handler } from "@tinyhttp/handler";
import type { RequestParserOptions } from "@tinyhttp/http-parser";
import type { DeadlineSweep } from "@tinyhttp/listener";
import type { ConnectionEvent, Exchange } from "./observers.ts";
import type { Settings } from "./options.ts";

/** Numbers of a server since its start, but for `answering`. */
export interface RequestCounters {
  /** Requests whose head was read. */
  requests: number;
  /** Requests that are being answered now, beyond the turn in which they came. */
  answering: number;
  /** Connections closed for what was sent on them. */
  malformed: number;
  /** Connections closed because a time was up, but for idle ones. */
  timedOut: number;
}

/** What all connections of one server share. */
export interface ServerContext {
  readonly handler: Handler;
  readonly settings: Settings;
  readonly parserOptions: RequestParserOptions;
  readonly sweep: DeadlineSweep;
  readonly counters: RequestCounters;
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
  readonly onConnection: ((event: ConnectionEvent) => void) | undefined;
  readonly onError: (error: unknown, request?: Exchange["request"]) => void;
  /** On the monotonic clock: when the turn began in which something came in, or an answer was ready. */
  now: number;
  /** Whether the server is closing: every response is then the last of its connection. */
  isClosing: boolean;
}
