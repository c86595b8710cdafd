/** What an encrypted server needs while it runs: its certificates are read again, and browsers are sent to it. */
import { privatePolicy } from "@tinyhttp/auth-modes/private";
import type { Handler } from "@tinyhttp/handler";
import type { BoundAddress } from "@tinyhttp/listener";
import { stateDirectory } from "./directories.ts";
import type { Options } from "./options.ts";
import type { Reach } from "./reach.ts";
import { openRedirect } from "./redirect.ts";
import type { RunningServer } from "./running-server.ts";
import { readText } from "./tls/certificate-files.ts";
import { CertificateWatch } from "./tls/certificate-watch.ts";
import { ExpiryNotices } from "./tls/expiry-notices.ts";
import { ownCertificate } from "./tls/own-certificate.ts";
import type { Transport } from "./tls/transport.ts";
import { warn } from "./terminal.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Upkeep {
  /** Reads the certificates now. */
  readonly refresh: () => void;
  readonly close: () => Promise<void>;
}

/** @throws {CannotRun} The port of `--redirect-http` cannot be had. */
export async function beginUpkeep(
  server: RunningServer,
  transport: Transport,
  options: Options,
  reach: Reach,
  address: BoundAddress,
): Promise<Upkeep> {
  const port = options["redirect-http"];
  const protect =
    reach.mode === "private" ? privatePolicy({ hostNames: options["host-name"] }) : (handler: Handler) => handler;
  const redirect = port === undefined ? undefined : await openRedirect(port, reach.host, address, protect);
  const watch = new CertificateWatch(transport.files, server.replaceCertificates, (sentence) => {
    if (!options.quiet) warn(sentence);
  });
  // Made again in time; the watch sees the new one.
  if (options["tls-self-signed"]) setInterval(() => ownCertificate(stateDirectory(process.env)), DAY_MS).unref();
  watchExpiry(transport);
  return {
    refresh: () => void watch.reload(),
    close: async () => {
      watch.close();
      await redirect?.close();
    },
  };
}

function watchExpiry({ files }: Transport): void {
  const notices = new ExpiryNotices(warn);
  const look = (): void => {
    for (const { certFile } of files) {
      try {
        notices.look(readText(certFile), Date.now());
      } catch {
        // Whoever replaces it has not finished.
      }
    }
  };
  look();
  setInterval(look, HOUR_MS).unref();
}
