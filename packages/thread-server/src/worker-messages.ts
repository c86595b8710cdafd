/** What the main thread and a worker say to each other. */
import type { MessagePort } from "node:worker_threads";
import type { TlsCertificate, TlsErrorCode } from "@tinyhttp/async-server";
import type { BoundAddress, ListenAddress } from "@tinyhttp/listener";
import type { CloneableServerOptions } from "./options.ts";

/** What a worker is told when it starts. */
export interface WorkerPlan {
  /** `file:` URL. */
  readonly module: string;
  readonly threads: number;
  /** Counts from 0. */
  readonly thread: number;
  readonly data: unknown;
  readonly address: ListenAddress;
  /** Where the thread that it replaces hands over its listening socket, once asked for it. */
  readonly predecessor: MessagePort | undefined;
  readonly serverOptions: CloneableServerOptions;
  /** Shown in place of those in the options, since they were replaced. */
  readonly certificates: readonly TlsCertificate[] | undefined;
  /** The memory of a `VitalSigns`. */
  readonly vitalSigns: SharedArrayBuffer;
  readonly beatMs: number;
}

export type FromWorker =
  | { readonly kind: "listening"; readonly address: BoundAddress }
  /** `code` is the system's word; a class does not survive the way from thread to thread. */
  | { readonly kind: "cannot-listen"; readonly code: string }
  /** What was given for TLS cannot be used: at the start, or in place of what is. */
  | { readonly kind: "tls-refused"; readonly code: TlsErrorCode; readonly message: string }
  | { readonly kind: "certificates-replaced" }
  /** Its listening socket is on its way to its successor. */
  | { readonly kind: "handed-over" };

export type ToWorker =
  | { readonly kind: "close"; readonly deadlineMs: number }
  | { readonly kind: "replace-certificates"; readonly certificates: readonly TlsCertificate[] }
  /** Its successor will ask there for the listening socket. */
  | { readonly kind: "hand-over"; readonly successor: MessagePort };
