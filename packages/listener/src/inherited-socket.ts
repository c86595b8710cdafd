import type { ListenAddress } from "./listen-address.ts";

// SD_LISTEN_FDS_START of sd_listen_fds(3): the first descriptor after standard input, output and error.
const FIRST_INHERITED_DESCRIPTOR = 3;

/**
 * The socket that a service manager has opened for this process (systemd socket activation, sd_listen_fds(3)).
 *
 * @param env Reads `LISTEN_FDS` and `LISTEN_PID`.
 * @param pid This process; variables that were meant for another one (a parent, say) are ignored.
 * @returns The address to listen on, or `undefined` when nothing was handed over.
 * @throws {RangeError} `LISTEN_FDS` is not 1: which socket serves what would be a guess.
 */
export function inheritedListenAddress(
  env: Readonly<Record<string, string | undefined>>,
  pid: number = process.pid,
): ListenAddress | undefined {
  const count = env["LISTEN_FDS"];
  if (count === undefined || env["LISTEN_PID"] !== String(pid)) return undefined;
  if (count === "1") return { fd: FIRST_INHERITED_DESCRIPTOR };
  throw new RangeError(`Cannot use the inherited sockets: LISTEN_FDS is "${count}", wanted "1"`);
}
