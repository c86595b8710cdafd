/** Connections into encrypted ones. It knows handshakes and nothing of what is said after them. */
import type { Socket } from "node:net";
import type { SecureContext, SecureContextOptions, Server as TlsServer, TLSSocket } from "node:tls";
import { checkCertificate, type CheckedCertificate } from "./certificate-check.ts";
import { ServerNames } from "./server-names.ts";
import { FEWEST_SECRET_BYTES, TICKET_KEY_PERIOD_MS, ticketKeys, ticketPeriod } from "./ticket-keys.ts";
import { TlsError } from "./tls-error.ts";
import type { TlsCertificate, TlsOptions } from "./tls-options.ts";
import { tlsProfile } from "./tls-profile.ts";

const DEFAULT_HANDSHAKE_TIMEOUT_MS = 10_000;

/** Node's or OpenSSL's word for what failed, and its sentence. */
export interface HandshakeError {
  readonly code: string;
  readonly message: string;
}

export interface HandshakeObserver {
  /** @param connection What {@link TlsFront.accept} was given. */
  onSecure(socket: TLSSocket, connection: Socket): void;
  /** The handshake failed. The connection is closed already, or about to be. */
  onFailure(error: HandshakeError, connection: Socket): void;
}

export class TlsFront {
  readonly #options: TlsOptions;
  readonly #protocols: readonly string[];
  readonly #observer: HandshakeObserver;
  readonly #ticketSecret: Uint8Array;
  #certificates: readonly CheckedCertificate[];
  /** Listens nowhere: it takes connections through handshakes, and is made anew when what it shows changes. */
  #server: TlsServer;
  #expiresAt = 0;

  /**
   * @param protocols What is offered by ALPN (RFC 7301), the best first.
   * @throws {TlsError} The options cannot be used.
   */
  constructor(options: TlsOptions, protocols: readonly string[], observer: HandshakeObserver) {
    this.#options = options;
    this.#protocols = protocols;
    this.#observer = observer;
    this.#ticketSecret =
      options.ticketSecret ?? process.getBuiltinModule("node:crypto").randomBytes(FEWEST_SECRET_BYTES);
    if (this.#ticketSecret.length < FEWEST_SECRET_BYTES) {
      const got = this.#ticketSecret.length;
      const message = `Cannot seal session tickets: expected a secret of at least ${FEWEST_SECRET_BYTES} bytes, got ${got}`;
      throw new TlsError("bad-ticket-secret", message);
    }
    this.#certificates = this.#check(options.certificates);
    this.#server = this.#makeServer(this.#certificates);
  }

  accept(connection: Socket): void {
    if (Date.now() >= this.#expiresAt) this.#server = this.#makeServer(this.#certificates);
    // The way in for connections that another server has accepted, as Node documents it for servers of HTTP.
    this.#server.emit("connection", connection);
  }

  /**
   * Handshakes from now on show these; connections stay as they are.
   *
   * @throws {TlsError} One of them cannot be used; then nothing has changed.
   */
  replaceCertificates(certificates: readonly TlsCertificate[]): void {
    const checked = this.#check(certificates);
    this.#server = this.#makeServer(checked);
    this.#certificates = checked;
  }

  #check(certificates: readonly TlsCertificate[]): CheckedCertificate[] {
    return certificates.map((certificate) => checkCertificate(certificate, this.#options));
  }

  #makeServer(certificates: readonly CheckedCertificate[]): TlsServer {
    const { handshakeTimeoutMs = DEFAULT_HANDSHAKE_TIMEOUT_MS, clientCa, requireClientCertificate } = this.#options;
    const [first, ...others] = certificates;
    if (first === undefined) throw new TlsError("no-certificate", "Cannot speak TLS: expected a certificate, got none");
    const period = ticketPeriod(Date.now());
    const contextOptions = this.#contextOptions(period);
    const server = usable(() =>
      process.getBuiltinModule("node:tls").createServer({
        ...contextOptions,
        cert: first.cert,
        key: first.key,
        ALPNProtocols: [...this.#protocols],
        handshakeTimeout: handshakeTimeoutMs,
        requestCert: clientCa !== undefined,
        rejectUnauthorized: requireClientCertificate === true,
        // Each handshake asks it, so it is there only when there is a choice.
        ...(others.length > 0 && { SNICallback: contextChooser(certificates, contextOptions) }),
      }),
    );
    server.on("secureConnection", (socket) => this.#observer.onSecure(socket, connectionOf(socket)));
    server.on("tlsClientError", (error, socket) => this.#onError(error, socket));
    this.#expiresAt = (period + 1) * TICKET_KEY_PERIOD_MS;
    return server;
  }

  #contextOptions(period: number): SecureContextOptions {
    const { clientCa } = this.#options;
    const ca = clientCa === undefined ? undefined : Buffer.from(clientCa);
    const keys = ticketKeys(this.#ticketSecret, period, ca?.toString("latin1") ?? "");
    return { ...tlsProfile(), ticketKeys: keys, ...(ca && { ca }) };
  }

  #onError(error: Error, socket: TLSSocket): void {
    // It is told here once; whatever the connection does while it ends is nobody's error.
    socket.on("error", () => {});
    const { code, message, reason } = error as Error & { readonly code?: string; readonly reason?: string };
    this.#observer.onFailure({ code: code ?? "UNKNOWN", message: reason ?? message }, connectionOf(socket));
    socket.destroy();
  }
}

type SniCallback = (name: string, callback: (error: Error | null, context?: SecureContext) => void) => void;

function contextChooser(certificates: readonly CheckedCertificate[], options: SecureContextOptions): SniCallback {
  const { createSecureContext } = process.getBuiltinModule("node:tls");
  const contexts = certificates.map(
    ({ names, cert, key }) => [names, usable(() => createSecureContext({ ...options, cert, key }))] as const,
  );
  const byName = new ServerNames(contexts);
  return (name, callback) => {
    // What is thrown here would end the process (CVE-2026-21637).
    try {
      callback(null, byName.get(name) ?? contexts[0]?.[1]);
    } catch (cause) {
      callback(new Error("Cannot choose a certificate", { cause }));
    }
  };
}

// Keys and certificates were read before; what OpenSSL still refuses is what it finds too weak.
function usable<Made>(make: () => Made): Made {
  try {
    return make();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TlsError("bad-certificate", `Cannot use the certificates: ${reason}`, { cause });
  }
}

// Node does not declare it: the socket that an encrypted one was made on.
function connectionOf(socket: TLSSocket): Socket {
  return (socket as unknown as { _parent?: Socket })._parent ?? socket;
}
