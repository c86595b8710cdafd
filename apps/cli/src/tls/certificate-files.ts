/** Certificates, from the files that were named into what a server takes. */
import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { TlsCertificate } from "@tinyhttp/async-server";
import { PrivateFileError, readSecretFile } from "@tinyhttp/auth-modes";
import { CannotRun } from "../failure.ts";
import { systemReason } from "../system-reason.ts";

export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** How people recognise a certificate. */
export interface Fingerprints {
  /** SHA-256 of the certificate, as browsers show it. */
  readonly certificate: string;
  /** SHA-256 of the public key, as `curl --pinnedpubkey` takes it. */
  readonly publicKey: string;
}

/** @throws {CannotRun} A file cannot be read, or others can read the key. */
export function readCertificates(files: readonly CertificateFiles[]): TlsCertificate[] {
  return files.map(({ certFile, keyFile }) => ({ cert: readText(certFile), key: readKey(keyFile) }));
}

/** @throws {CannotRun} */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CannotRun(`Cannot read ${JSON.stringify(file)}: ${systemReason(cause)}`, { cause });
  }
}

function readKey(file: string): string {
  try {
    return readSecretFile(file).reveal();
  } catch (cause) {
    if (cause instanceof PrivateFileError) throw new CannotRun(cause.message, { cause });
    throw cause;
  }
}

export function fingerprintsOf(pem: string): Fingerprints {
  const certificate = new X509Certificate(pem);
  const spki = certificate.publicKey.export({ type: "spki", format: "der" });
  return {
    certificate: certificate.fingerprint256,
    publicKey: `sha256//${createHash("sha256").update(spki).digest("base64")}`,
  };
}
