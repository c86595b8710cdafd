/** What of the options concerns encryption, as data that can be handed to another thread. */
import { randomBytes } from "node:crypto";
import type { TlsOptions } from "@tinyhttp/async-server";
import { stateDirectory } from "../directories.ts";
import type { Options } from "../options.ts";
import type { Environment } from "../terminal.ts";
import {
  fingerprintsOf,
  readCertificates,
  readText,
  type CertificateFiles,
  type Fingerprints,
} from "./certificate-files.ts";
import { ownCertificate } from "./own-certificate.ts";

export interface Transport {
  readonly tls: TlsOptions;
  /** Read again when they change. */
  readonly files: readonly CertificateFiles[];
  /** Of a certificate that nobody else vouches for. */
  readonly fingerprints: Fingerprints | undefined;
}

// What all threads seal session tickets with, so that a client can resume with one what it began with another.
const TICKET_SECRET_BYTES = 32;

/** @throws {CannotRun} A file cannot be read, or others can read a key. */
export function readTransport(options: Options, env: Environment): Transport {
  const files = options["tls-self-signed"] ? [ownCertificate(stateDirectory(env))] : namedFiles(options);
  const certificates = readCertificates(files);
  const clientCa = options["tls-client-ca"];
  const [first] = certificates;
  return {
    files,
    fingerprints: options["tls-self-signed"] && first !== undefined ? fingerprintsOf(String(first.cert)) : undefined,
    tls: {
      certificates,
      ticketSecret: randomBytes(TICKET_SECRET_BYTES),
      ...(clientCa === undefined ? {} : { clientCa: readText(clientCa) }),
    },
  };
}

function namedFiles(options: Options): CertificateFiles[] {
  const keyFiles = options["tls-key"] ?? [];
  return (options["tls-cert"] ?? []).map((certFile, index) => ({ certFile, keyFile: keyFiles[index] ?? "" }));
}
