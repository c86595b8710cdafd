/** One app on several threads behind one address. */
import { type AsyncServerCounters, type CloseOptions, type TlsCertificate, TlsError } from "@tinyhttp/async-server";
import type { BoundAddress, ListenAddress } from "@tinyhttp/listener";
import { canHandOver } from "./hand-over.ts";
import { type CloneableServerOptions, resolveSettings, type Settings, type ThreadServerOptions } from "./options.ts";
import { claimAddress, decideSharing, type SharedAddress } from "./shared-port.ts";
import { Supervisor } from "./supervisor.ts";
import { ThreadServerError } from "./thread-server-error.ts";

const DEFAULT_DRAIN_MS = 30_000;
const TICKET_SECRET_BYTES = 32;

/** A server of threads. Made by {@link createThreadServer}. */
export class ThreadServer {
  readonly #settings: Settings;
  readonly #stopped = Promise.withResolvers<void>();
  #supervisor: Supervisor | undefined;
  #address: BoundAddress | undefined;
  #threads = 0;
  #isShared = false;
  #rolling: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(options: ThreadServerOptions) {
    this.#settings = resolveSettings(options);
  }

  /** Where it listens; `undefined` before {@link listen} and after {@link close}. */
  get address(): BoundAddress | undefined {
    return this.#address;
  }

  /** How many threads serve; fewer than asked for when the address cannot be shared, 0 when it does not listen. */
  get threads(): number {
    return this.#address === undefined ? 0 : this.#threads;
  }

  /**
   * The counts of all threads, also of those that are gone, as they were at most half a second ago; exact after
   * {@link close}. What a thread counted in the half second before it crashed is lost.
   */
  get counters(): AsyncServerCounters | undefined {
    return this.#supervisor?.counters;
  }

  /**
   * Resolves when the server has been closed, and rejects when it gave up (`ThreadServerError` `crash-loop`).
   * Whoever does not look at it has the process end with that error, since nothing serves any more.
   */
  get stopped(): Promise<void> {
    return this.#stopped.promise;
  }

  /**
   * Starts the threads and resolves when all of them listen.
   *
   * @throws {ListenError} The address cannot be had (see `@tinyhttp/listener`).
   * @throws What the module throws when it is loaded. Nothing runs then.
   */
  async listen(address: SharedAddress): Promise<BoundAddress> {
    if (this.#supervisor !== undefined) throw new ThreadServerError("cannot-listen", "Cannot listen twice");
    if ("fd" in address) {
      const message = "Cannot listen on a descriptor: a thread that crashes would close it";
      throw new ThreadServerError("cannot-listen", message);
    }
    const sharing = decideSharing(address, process.platform);
    this.#threads = sharing.isShared ? this.#settings.threads : 1;
    this.#isShared = sharing.isShared;
    if (sharing.reason !== undefined && this.#settings.threads > 1) {
      this.#settings.onEvent({ kind: "unshared", reason: sharing.reason });
    }
    const supervisor = new Supervisor(await this.#settingsOfThreads(address), (error) => void this.#giveUp(error));
    if (this.#closing !== undefined) await supervisor.terminate();
    this.#supervisor = supervisor;
    const follow = (bound: BoundAddress): ListenAddress =>
      bound.kind === "tcp" && sharing.isShared ? { host: bound.host, port: bound.port, reusePort: true } : address;
    try {
      this.#address = await supervisor.start(this.#threads, sharing.address, follow);
    } catch (error) {
      await supervisor.terminate();
      this.#supervisor = undefined;
      throw error;
    }
    return this.#address;
  }

  /**
   * Loads the module afresh in new threads, one after the other; each old one leaves when its successor listens, so
   * that nobody waits. Reloads that are asked for meanwhile follow.
   *
   * @throws What the module throws when it is loaded: the threads that were not replaced yet serve on.
   * @throws {ThreadServerError} `cannot-reload`: it does not listen, or the address cannot be shared.
   */
  reload({ deadlineMs = DEFAULT_DRAIN_MS }: CloseOptions = {}): Promise<void> {
    const rolled = this.#rolling.then(() => this.#reload(deadlineMs));
    this.#rolling = rolled.catch(() => {});
    return rolled;
  }

  /**
   * Has all threads show other certificates from the next handshake on, and those that come after them too. Connections
   * stay as they are.
   *
   * @throws {TlsError} One of them cannot be used, and all threads go on with those that they have; or the server does
   *   not speak TLS, or does not listen (`no-tls`).
   */
  async replaceCertificates(certificates: readonly TlsCertificate[]): Promise<void> {
    if (this.#supervisor === undefined || this.#address === undefined) {
      throw new TlsError("no-tls", "Cannot replace certificates: expected a server that listens and speaks TLS");
    }
    await this.#supervisor.replaceCertificates(certificates);
  }

  /**
   * Stops all threads: each accepts no more connections, answers what is under way and the next request of a
   * connection that is in use (`Connection: close`), and destroys what is left at the deadline.
   */
  close({ deadlineMs = DEFAULT_DRAIN_MS }: CloseOptions = {}): Promise<void> {
    this.#address = undefined;
    this.#closing ??= (this.#supervisor?.stop(deadlineMs) ?? Promise.resolve()).then(() => this.#stopped.resolve());
    return this.#closing;
  }

  async #reload(deadlineMs: number): Promise<void> {
    if (this.#supervisor === undefined || this.#address === undefined) {
      throw new ThreadServerError("cannot-reload", "Cannot reload: the server does not listen");
    }
    if (!this.#isShared && !(this.#address.kind === "tcp" && canHandOver())) {
      const message = `Cannot reload: a thread cannot take over ${this.#address.url}; close the server and start another`;
      throw new ThreadServerError("cannot-reload", message);
    }
    await this.#supervisor.reload(deadlineMs);
  }

  async #giveUp(error: ThreadServerError): Promise<void> {
    this.#address = undefined;
    // What the other threads have in hand is finished.
    await this.#supervisor?.stop(DEFAULT_DRAIN_MS);
    this.#stopped.reject(error);
  }

  /** A share of the connections for each thread: together they have no more descriptors than one would. */
  async #settingsOfThreads(address: SharedAddress): Promise<Settings> {
    const most = await claimAddress(address);
    const { serverOptions } = this.#settings;
    const maxConnections = Math.ceil((serverOptions.maxConnections ?? most) / this.#threads);
    return { ...this.#settings, serverOptions: { ...serverOptions, maxConnections, ...tlsOfThreads(serverOptions) } };
  }
}

/**
 * Makes a server that runs one `async-server` per thread. It listens when told to.
 *
 * @throws {RangeError} An option is out of its range.
 */
export function createThreadServer(options: ThreadServerOptions): ThreadServer {
  return new ThreadServer(options);
}

/** One secret for all threads: a client may come to another one with the session that it had with the first. */
function tlsOfThreads({ tls }: CloneableServerOptions): Pick<CloneableServerOptions, "tls"> {
  if (tls === undefined || tls.ticketSecret !== undefined) return {};
  return { tls: { ...tls, ticketSecret: crypto.getRandomValues(new Uint8Array(TICKET_SECRET_BYTES)) } };
}
