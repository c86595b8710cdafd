/** Why certificates cannot be used. */
export type TlsErrorCode =
  | "no-certificate"
  | "bad-certificate"
  | "bad-key"
  | "key-mismatch"
  | "certificate-expired"
  | "certificate-not-yet-valid"
  | "bad-client-ca"
  | "bad-ticket-secret"
  | "no-tls";

/** What was given for TLS cannot be used. The message is one sentence and holds no part of a key. */
export class TlsError extends Error {
  static {
    this.prototype.name = "TlsError";
  }
  readonly code: TlsErrorCode;

  constructor(code: TlsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
