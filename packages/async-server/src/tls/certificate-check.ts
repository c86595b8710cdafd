import type { KeyObject, X509Certificate } from "node:crypto";
import { TlsError } from "./tls-error.ts";
import type { TlsCertificate } from "./tls-options.ts";

/** A certificate that can be used. */
export interface CheckedCertificate {
  /** PEM, with what was behind the certificate. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** The host names that it is for, in lower case. */
  readonly names: readonly string[];
  /** The last moment at which it is valid: milliseconds since 1970. */
  readonly expiresAt: number;
  /** SHA-256 of the certificate: upper-case hexadecimal, a colon between bytes. */
  readonly fingerprint256: string;
}

export interface CheckOptions {
  /** Whether a certificate that has expired or is not valid yet is taken; default `false`. */
  readonly allowInvalidDates?: boolean | undefined;
  /** Milliseconds since 1970; default: now. */
  readonly now?: number | undefined;
}

/**
 * Reads a certificate and its key, and finds out what would otherwise fail in each handshake.
 *
 * @throws {TlsError} One of them cannot be read, they do not belong together, or the certificate is out of its dates.
 */
export function checkCertificate(given: TlsCertificate, options: CheckOptions = {}): CheckedCertificate {
  const cert = pemText(given.cert);
  const key = pemText(given.key);
  const certificate = readCertificate(cert);
  if (!certificate.checkPrivateKey(readKey(key, certificate))) {
    throw new TlsError(
      "key-mismatch",
      `Cannot use the certificate of ${nameOf(certificate)}: the key is another one's`,
    );
  }
  if (options.allowInvalidDates !== true) checkDates(certificate, options.now ?? Date.now());
  const { fingerprint256, subjectAltName, validTo } = certificate;
  const names = (given.names ?? dnsNames(subjectAltName)).map((name) => name.toLowerCase());
  return { cert, key, names, expiresAt: Date.parse(validTo), fingerprint256 };
}

function pemText(pem: string | Uint8Array): string {
  return typeof pem === "string" ? pem : new TextDecoder().decode(pem);
}

function readCertificate(cert: string): X509Certificate {
  const { X509Certificate } = process.getBuiltinModule("node:crypto");
  try {
    return new X509Certificate(cert);
  } catch (cause) {
    const message = "Cannot read the certificate: expected PEM that begins with -----BEGIN CERTIFICATE-----";
    throw new TlsError("bad-certificate", message, { cause });
  }
}

function readKey(key: string, certificate: X509Certificate): KeyObject {
  try {
    return process.getBuiltinModule("node:crypto").createPrivateKey(key);
  } catch (cause) {
    const name = nameOf(certificate);
    const message = `Cannot read the key of the certificate of ${name}: expected PEM of a private key, not encrypted`;
    throw new TlsError("bad-key", message, { cause });
  }
}

function checkDates(certificate: X509Certificate, now: number): void {
  const { validFrom, validTo } = certificate;
  if (Date.parse(validTo) < now) {
    const message = `Cannot use the certificate of ${nameOf(certificate)}: it expired on ${validTo}; renew it`;
    throw new TlsError("certificate-expired", message);
  }
  if (Date.parse(validFrom) > now) {
    const message = `Cannot use the certificate of ${nameOf(certificate)}: it is valid from ${validFrom} on; check the clock`;
    throw new TlsError("certificate-not-yet-valid", message);
  }
}

function nameOf({ subject, subjectAltName }: X509Certificate): string {
  return dnsNames(subjectAltName)[0] ?? (subject ?? "nobody").replaceAll("\n", ", ");
}

/** The host names among alternative names (RFC 5280 §4.2.1.6). */
function dnsNames(subjectAltName: string | undefined): string[] {
  return alternativeNames(subjectAltName)
    .filter((name) => name.startsWith("DNS:"))
    .map((name) => name.slice("DNS:".length));
}

/** Takes apart what `X509Certificate` gives as one text. A name with a comma or a quote in it is a JSON string there. */
export function alternativeNames(subjectAltName: string | undefined): string[] {
  const names = (subjectAltName ?? "").match(/[^:,]+:(?:"(?:[^"\\]|\\.)*"|[^,]*)/g) ?? [];
  return names.map((name) => name.trim());
}
