import type { ParserLimits } from "@tinyhttp/http-parser";
import type { ConnectionEvent, Exchange } from "./observers.ts";
import type { ProxyProtocolOptions } from "./proxy-protocol/trusted-proxies.ts";
import type { TlsOptions } from "./tls/tls-options.ts";

/** What can be set; every limit and timeout has a default that suits a server on the open internet. */
export interface AsyncServerOptions {
  /** Speaks TLS, and nothing else. Default: plain HTTP. */
  readonly tls?: TlsOptions | undefined;
  /** Whether HTTP/2 is offered to clients of TLS, beside HTTP/1.1 on the same port; default `true`. */
  readonly http2?: boolean | undefined;
  /** Believes some proxies when they say whom they speak for, before TLS or HTTP begins. Default: nobody. */
  readonly proxyProtocol?: ProxyProtocolOptions | undefined;
  /** What to change of the parser's limits (`DEFAULT_LIMITS` of `@tinyhttp/http-parser`). */
  readonly parserLimits?: Partial<ParserLimits> | undefined;
  /**
   * Most bytes of a request's content, whoever reads it; more is answered with 413, before it is sent when the
   * client announces its length. Default 128 MiB: a handler that collects a body cannot be made to collect more.
   * An upload server sets it to what it takes. `Infinity` for none.
   */
  readonly maxBodyBytes?: number | undefined;
  /** Most connections at a time; default `min(0.8 × descriptor limit − 64, 10 000)`. More: an idle one is closed, or 503. */
  readonly maxConnections?: number | undefined;
  /** Most connections at a time from one IPv4 address or IPv6 /64 network. Default 256, which does not count those from this machine itself (127.0.0.0/8, ::1); a number that is given does. More: 503. */
  readonly maxConnectionsPerAddress?: number | undefined;
  /** Requests on one connection, the last of which is answered with `Connection: close`; default 1000. Over HTTP/2, a hundred times as many. */
  readonly maxRequestsPerConnection?: number | undefined;
  /** Age in milliseconds at which a connection is closed after its next response; default 3 600 000 (1 h), ± 10 % so that clients do not all come back at once. */
  readonly maxConnectionAgeMs?: number | undefined;
  /** Time in milliseconds to the first byte of a connection; default 5000. */
  readonly firstByteTimeoutMs?: number | undefined;
  /** Time in milliseconds from the first byte of a request to the end of its head, however it trickles in; default 10 000. Then 408. */
  readonly headTimeoutMs?: number | undefined;
  /** Longest time in milliseconds without a byte of content that the handler waits for; default 30 000. Then 408. */
  readonly bodyIdleTimeoutMs?: number | undefined;
  /** Fewest bytes per second, while somebody waits for them: of a request's content (else 408) and of a response (else the connection is reset). Default 500. */
  readonly minBytesPerSecond?: number | undefined;
  /** Time in milliseconds before `minBytesPerSecond` is asked for; default 20 000. */
  readonly minRateGraceMs?: number | undefined;
  /**
   * Longest time in milliseconds in which the client takes nothing of a response; default 30 000. It is noticed within
   * half as long again, and the connection reset; over HTTP/2 the stream, and the connection when that is not taken
   * either. On Linux what the client acknowledges counts, elsewhere what the system takes, which may be a megabyte at
   * a time.
   */
  readonly writeTimeoutMs?: number | undefined;
  /** Time in milliseconds that a connection may idle between requests; default 15 000. */
  readonly keepAliveTimeoutMs?: number | undefined;
  /**
   * How long in milliseconds a response may stand still after the client has ended its side; default 60 000. A client
   * that closes and one that only has nothing more to say look alike, and as long as nothing is written, nothing else
   * would ever tell. Then the connection is reset.
   */
  readonly halfClosedTimeoutMs?: number | undefined;
  /** How long a close waits for the client to read the last response: silence in milliseconds; default 5000. In all, six times as long. */
  readonly lingerTimeoutMs?: number | undefined;
  /** Told about every finished exchange, synchronously. Costs nothing when absent. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Told about connections. Costs nothing when absent. */
  readonly onConnection?: ((event: ConnectionEvent) => void) | undefined;
  /**
   * Told what a handler or a response body has thrown; the client learns nothing of it. Default: `console.error`,
   * so that a 500 is never without a trace.
   */
  readonly onError?: ((error: unknown, request?: Exchange["request"]) => void) | undefined;
}

/** The numbers, with nothing left open. */
export interface Settings {
  readonly maxBodyBytes: number;
  readonly maxRequestsPerConnection: number;
  readonly maxConnectionAgeMs: number;
  readonly firstByteTimeoutMs: number;
  readonly headTimeoutMs: number;
  readonly bodyIdleTimeoutMs: number;
  readonly minBytesPerSecond: number;
  readonly minRateGraceMs: number;
  readonly writeTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  readonly halfClosedTimeoutMs: number;
  readonly lingerTimeoutMs: number;
}

const DEFAULTS: Settings = {
  maxBodyBytes: 128 * 1024 * 1024,
  maxRequestsPerConnection: 1000,
  maxConnectionAgeMs: 3_600_000,
  firstByteTimeoutMs: 5000,
  headTimeoutMs: 10_000,
  bodyIdleTimeoutMs: 30_000,
  minBytesPerSecond: 500,
  minRateGraceMs: 20_000,
  writeTimeoutMs: 30_000,
  keepAliveTimeoutMs: 15_000,
  halfClosedTimeoutMs: 60_000,
  lingerTimeoutMs: 5000,
};

const LONGEST_SWEEP_PERIOD_MS = 1000;
const SHORTEST_SWEEP_PERIOD_MS = 10;

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} A number is not above 0.
 */
export function resolveSettings(options: AsyncServerOptions): Settings {
  const settings: Record<keyof Settings, number> = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof Settings)[]) {
    const value = options[name] ?? DEFAULTS[name];
    if (!(value > 0)) throw new RangeError(`Cannot make a server: expected ${name} above 0, got ${value}`);
    settings[name] = value;
  }
  return settings;
}

/** A sweep often enough that the shortest timeout is at most a quarter late, and at least every second. */
export function sweepPeriodMs(settings: Settings): number {
  const shortest = Math.min(
    settings.firstByteTimeoutMs,
    settings.headTimeoutMs,
    settings.bodyIdleTimeoutMs,
    settings.minRateGraceMs,
    settings.writeTimeoutMs,
    settings.keepAliveTimeoutMs,
    settings.halfClosedTimeoutMs,
    settings.lingerTimeoutMs,
  );
  return Math.max(SHORTEST_SWEEP_PERIOD_MS, Math.min(LONGEST_SWEEP_PERIOD_MS, shortest / 4));
}
