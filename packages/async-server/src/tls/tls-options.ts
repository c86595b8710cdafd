/** A certificate for some names, with its key. All of it is plain data, so that it can be sent to other threads. */
export interface TlsCertificate {
  /** PEM: the certificate, followed by those that lead to its authority. */
  readonly cert: string | Uint8Array;
  /** PEM: the certificate's private key, not encrypted. */
  readonly key: string | Uint8Array;
  /** Host names that it is shown for, `*.example.com` for one label more; default: those in the certificate. */
  readonly names?: readonly string[] | undefined;
}

/** TLS 1.2 and 1.3, with forward secrecy and authenticated encryption only. */
export interface TlsOptions {
  /** At least one. The first is shown to clients that name no host, or one that no certificate is for. */
  readonly certificates: readonly TlsCertificate[];
  /** PEM: authorities whose clients' certificates are believed. Without it, clients are not asked for one. */
  readonly clientCa?: string | Uint8Array | undefined;
  /** Whether a client without a certificate of `clientCa` is turned away; default `false`. */
  readonly requireClientCertificate?: boolean | undefined;
  /** Longest time in milliseconds for a handshake; default 10 000. */
  readonly handshakeTimeoutMs?: number | undefined;
  /**
   * At least 32 random bytes that all threads or machines behind one name share, so that a client can resume with one
   * what it began with another. What seals their session tickets is derived from it, anew every 12 hours. Default:
   * made by each server for itself.
   */
  readonly ticketSecret?: Uint8Array | undefined;
  /** Takes a certificate that has expired or is not valid yet, too; default `false`. */
  readonly allowInvalidDates?: boolean | undefined;
}
