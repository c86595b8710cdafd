/** Certificates that are renewed while the server runs. */
import { unwatchFile, watchFile } from "node:fs";
import type { TlsCertificate } from "@tinyhttp/async-server";
import { systemReason } from "../system-reason.ts";
import { readCertificates, type CertificateFiles } from "./certificate-files.ts";

// By looking, and not by being told: what renews certificates replaces links to directories, which no watch follows.
const LOOK_EVERY_MS = 2000;
// Certificate and key are written one after the other; in between they do not belong together.
const SETTLE_MS = 500;

/** @param report Told in a sentence what came of it. */
export class CertificateWatch {
  readonly #files: readonly CertificateFiles[];
  readonly #replace: (certificates: readonly TlsCertificate[]) => void | Promise<void>;
  readonly #report: (sentence: string) => void;
  readonly #onChange = (): void => {
    this.#timer ??= setTimeout(() => void this.reload(), SETTLE_MS);
  };
  #timer: NodeJS.Timeout | undefined;

  constructor(
    files: readonly CertificateFiles[],
    replace: (certificates: readonly TlsCertificate[]) => void | Promise<void>,
    report: (sentence: string) => void,
  ) {
    this.#files = files;
    this.#replace = replace;
    this.#report = report;
    for (const path of this.#paths()) {
      watchFile(path, { interval: LOOK_EVERY_MS, persistent: false }, this.#onChange);
    }
  }

  /** Reads them now. Those that cannot be used change nothing. */
  async reload(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      await this.#replace(readCertificates(this.#files));
      this.#report("The certificates were read again; new connections see them");
    } catch (error) {
      this.#report(`${systemReason(error)}; the certificates from before stay in use`);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const path of this.#paths()) unwatchFile(path, this.#onChange);
  }

  #paths(): string[] {
    return this.#files.flatMap(({ certFile, keyFile }) => [certFile, keyFile]);
  }
}
