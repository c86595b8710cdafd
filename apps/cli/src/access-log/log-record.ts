import type { ConnectionEvent, Exchange } from "@tinyhttp/async-server";

/** What an access log says of one exchange, or of bytes that were no request. Still text from the peer: each format escapes it for where it stands. */
export interface LogRecord {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly client: string;
  /** The id of the key, or the name in the certificate, that let the client in. */
  readonly user: string | undefined;
  /** `undefined` when what was sent could not be read as a request; so is {@link path}. */
  readonly method: string | undefined;
  /** Of HTTP; `undefined` with {@link method}. */
  readonly version: Exchange["version"] | undefined;
  /** The target as sent, but for its query: keys and other secrets are often there. */
  readonly path: string | undefined;
  readonly status: number;
  /** Of content, as sent: after compression, without chunk framing. */
  readonly bytesSent: number;
  readonly durationMs: number;
  /** `false` when the client went away, or the answer broke off. */
  readonly complete: boolean;
  /** Without query and user information, for the same reason as {@link path}. */
  readonly referer: string | undefined;
  readonly userAgent: string | undefined;
}

export function logRecordOf(exchange: Exchange): LogRecord {
  const { request, version, status, bytesSent, durationMs, startedAt, peer, complete } = exchange;
  const referer = request.headers.get("referer");
  return {
    startedAt,
    client: request.principal?.address ?? peer.address,
    user: request.principal?.id || undefined,
    method: request.method,
    version,
    path: withoutQuery(request.target),
    status,
    bytesSent,
    durationMs,
    complete,
    referer: referer === undefined ? undefined : withoutUser(withoutQuery(referer)),
    userAgent: request.headers.get("user-agent"),
  };
}

type MalformedEvent = Extract<ConnectionEvent, { kind: "malformed" }>;

export function logRecordOfMalformed({ peer, error }: MalformedEvent, now: number): LogRecord {
  return {
    startedAt: now,
    client: peer.address,
    user: undefined,
    method: undefined,
    version: undefined,
    path: undefined,
    status: error.status,
    bytesSent: 0,
    durationMs: 0,
    complete: true,
    referer: undefined,
    userAgent: undefined,
  };
}

function withoutQuery(target: string): string {
  const query = target.indexOf("?");
  const path = query === -1 ? target : target.slice(0, query);
  const fragment = path.indexOf("#");
  return fragment === -1 ? path : path.slice(0, fragment);
}

function withoutUser(url: string): string {
  return url.includes("@") ? url.replace(/^([^/]*:\/\/)[^/]*@/, "$1") : url;
}
