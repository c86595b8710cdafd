/** What the main thread and a worker say to each other. */
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
  readonly serverOptions: CloneableServerOptions;
  /** The memory of a `VitalSigns`. */
  readonly vitalSigns: SharedArrayBuffer;
  readonly beatMs: number;
}

export type FromWorker =
  | { readonly kind: "listening"; readonly address: BoundAddress }
  /** `code` is the system's word; a class does not survive the way from thread to thread. */
  | { readonly kind: "cannot-listen"; readonly code: string };

export interface ToWorker {
  readonly kind: "close";
  readonly deadlineMs: number;
}
