import type { TlsCertificate } from "@tinyhttp/async-server";
import type { BoundAddress, ListenAddress } from "@tinyhttp/listener";

/** What the command knows of a server, whether it has one thread or several. */
export interface RunningServer {
  readonly listen: (address: ListenAddress) => Promise<BoundAddress>;
  /** Requests that are under way. */
  readonly answering: () => number;
  /** Finishes what is under way, for at most so many milliseconds, and writes what waits for a log. */
  readonly close: (deadlineMs: number) => Promise<void>;
  /** Settles with `--once`, when somebody has the file. */
  readonly downloaded?: Promise<void>;
  /** Opens the log file again, as log rotation wants, and loads the app again where another thread can take over. */
  readonly refresh: (() => void) | undefined;
  /** For connections from now on. Throws, and changes nothing, when one of them cannot be used. */
  readonly replaceCertificates: (certificates: readonly TlsCertificate[]) => void | Promise<void>;
}
