/**
 * What a server hands to a {@link Handler}: one request, as values that cost nothing until they are read.
 *
 * The interfaces here are implemented by servers. They name no runtime: a socket, an HTTP/2 stream
 * and a `fetch` request can all stand behind them.
 */

/** One HTTP request. Valid until its response has been sent; a handler that answers later may keep it. */
export interface HttpRequest {
  /** As sent; methods are case-sensitive (RFC 9110 §9.1). */
  readonly method: string;
  /** The request-target as sent (RFC 9112 §3.2). */
  readonly target: string;
  /**
   * The target's path, decoded and normalised once (see `normalisePath`): it starts with `/`, holds no dot
   * segment, no empty segment, no backslash and no control character. Authorise, log and open this value.
   *
   * @throws {HttpError} 400 when the target has no such path (`%2f`, `%00`, `/../x`, invalid UTF-8 …).
   */
  readonly path: string;
  /** What follows the first `?` of the target, undecoded; empty when there is none. */
  readonly query: string;
  readonly headers: HeaderView;
  readonly body: RequestBody;
  readonly peer: Peer;
  /** When its head was there, in milliseconds on the clock of `performance.now()`. Requests of one turn may share it. */
  readonly receivedAt: number;
  /** Made on first use; aborts when the client goes away before the response is complete. */
  readonly signal: AbortSignal;
  /** Who asks. Set by an access policy, once; read by handlers and observers. Absent where no policy is. */
  principal?: Principal | undefined;
}

/** The fields of a message. Names compare without case (RFC 9110 §5.1); values are decoded as latin1 when asked for. */
export interface HeaderView extends Iterable<readonly [name: string, value: string]> {
  /** The value of `name`; repeated fields joined by `", "` (RFC 9110 §5.3). `undefined` when absent. */
  get(name: string): string | undefined;
  /** Each field line's value, in order; empty when absent. */
  getAll(name: string): string[];
  has(name: string): boolean;
  /** All names and values in turn: the fastest way to have them all, and a copy, which outlives the request. */
  flat(): string[];
}

/**
 * A request's content. Nothing is read from the network until it is asked for, and it can be read once. A chunk
 * may be kept: its memory is not used for later bytes.
 */
export interface RequestBody extends AsyncIterable<Uint8Array> {
  /** The declared length in bytes; 0 when there is no content, `undefined` when it comes in chunks. */
  readonly length: number | undefined;
  /**
   * Reads all of it.
   *
   * @param limit Most bytes to accept; default 1 MiB, since the result is held in memory.
   * @throws {HttpError} 413 when there is more.
   */
  bytes(limit?: number): Promise<Uint8Array>;
  /** As {@link bytes}, decoded as UTF-8; 400 when it is not UTF-8. */
  text(limit?: number): Promise<string>;
  /** As {@link text}, parsed as JSON; 400 when it is not JSON. */
  json(limit?: number): Promise<unknown>;
}

/** Who is at the other end, as the transport knows it. */
export interface Peer {
  /** IP address as text; empty for a Unix socket; `unknown` where an adapter was not told, which is nobody to trust. */
  readonly address: string;
  /** 0 for a Unix socket. */
  readonly port: number;
  /** Whether the connection is encrypted. */
  readonly encrypted: boolean;
  /** What the client proved with a certificate. Absent without one, and with one that the server does not trust. */
  readonly certificate?: ClientCertificate | undefined;
}

/** A client's certificate, once it is verified against an authority that the server was told to trust. */
export interface ClientCertificate {
  /** The distinguished name, one attribute per line: `CN=alice`. */
  readonly subject: string;
  /** The subject's alternative names (RFC 5280 §4.2.1.6), each with its kind: `DNS:a.example`, `email:a@b.example`. */
  readonly names: readonly string[];
  /** SHA-256 of the certificate: upper-case hexadecimal, a colon between bytes. */
  readonly fingerprint256: string;
}

/** Who asks, and what they may do: what an access policy found out about a request. */
export interface Principal {
  readonly kind: "anonymous" | "key" | "session" | "certificate";
  /** Names the caller in logs: the id of a key, never the key. Empty for nobody in particular. */
  readonly id: string;
  /** IP address of the client as text: the peer's own, or what a trusted proxy said of it. */
  readonly address: string;
  /** The path on this host at which a POST ends the caller's session; absent without one. */
  readonly signOutPath?: string | undefined;
  /**
   * Whether the policy lets this caller do it.
   *
   * @param action A word that the policy knows, such as `read`, `list` or `write`.
   * @param path As in {@link HttpRequest.path}.
   */
  may(action: string, path: string): boolean;
}
