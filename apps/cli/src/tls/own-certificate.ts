/**
 * The certificate of `--tls-self-signed`: made once, remembered, and made again, with the same key, when it is about to
 * end or this machine has got another name or address. Whoever has pinned the public key goes on trusting it.
 */
import { createPrivateKey, randomBytes, X509Certificate } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { selfSignedCertificate } from "@tinyhttp/async-server/tls";
import { PrivateFileError, readSecretFile } from "@tinyhttp/auth-modes";
import { CannotRun } from "../failure.ts";
import { systemReason } from "../system-reason.ts";

const DAY_MS = 86_400_000;
const RENEW_BEFORE_MS = 30 * DAY_MS;

export interface OwnCertificate {
  readonly certFile: string;
  readonly keyFile: string;
}

/** What a certificate vouches for. */
export interface MachineNames {
  readonly names: readonly string[];
  readonly addresses: readonly string[];
}

/**
 * @param directory Made when it is missing; both files in it are for their owner alone.
 * @param now Milliseconds since 1970.
 * @throws {CannotRun} The directory cannot be used, or others can read the key.
 */
export function ownCertificate(
  directory: string,
  now: number = Date.now(),
  machine: MachineNames = namesOfThisMachine(),
): OwnCertificate {
  const certFile = join(directory, "self-signed.crt");
  const keyFile = join(directory, "self-signed.key");
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const key = readKey(keyFile);
    const certificate = key === undefined ? undefined : readCertificate(certFile);
    if (key === undefined || certificate === undefined || !isStillGood(certificate, key, machine, now)) {
      const made = selfSignedCertificate({ names: [...machine.names, ...machine.addresses], now, key });
      if (key === undefined) replaceFile(keyFile, made.key);
      replaceFile(certFile, made.cert);
    }
    return { certFile, keyFile };
  } catch (cause) {
    if (cause instanceof PrivateFileError) throw new CannotRun(cause.message, { cause });
    throw new CannotRun(`Cannot keep a certificate in ${JSON.stringify(directory)}: ${systemReason(cause)}`, { cause });
  }
}

function readKey(path: string): string | undefined {
  try {
    return readSecretFile(path).reveal();
  } catch (error) {
    if (error instanceof PrivateFileError && error.code === "not-found") return undefined;
    throw error;
  }
}

function readCertificate(path: string): X509Certificate | undefined {
  try {
    return new X509Certificate(readSecretFile(path).reveal());
  } catch (error) {
    // A damaged certificate is made again; one that others could have changed is not believed.
    if (error instanceof PrivateFileError && error.code !== "not-found") throw error;
    return undefined;
  }
}

function isStillGood(certificate: X509Certificate, key: string, machine: MachineNames, now: number): boolean {
  return (
    certificate.checkPrivateKey(createPrivateKey(key)) &&
    certificate.validFromDate.getTime() <= now &&
    certificate.validToDate.getTime() - now > RENEW_BEFORE_MS &&
    machine.names.every((name) => certificate.checkHost(name) !== undefined) &&
    machine.addresses.every((address) => certificate.checkIP(address) !== undefined)
  );
}

/** Never half-written, and never readable by others, not even for a moment. */
function replaceFile(path: string, text: string): void {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  writeFileSync(temporary, text, { flag: "wx", mode: 0o600, flush: true });
  renameSync(temporary, path);
}

function namesOfThisMachine(): MachineNames {
  const own = hostname().toLowerCase();
  const isName = /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/.test(own);
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return {
    names: [...new Set(["localhost", ...(isName ? [own] : [])])],
    // Link-local addresses come and go, and mean another machine on each link.
    addresses: [...new Set(["127.0.0.1", "::1", ...addresses.map(({ address }) => address)])].filter(
      (address) => !/^fe80:/i.test(address),
    ),
  };
}
