import type { BoundSocket } from "node:net";
import type { ListenAddress } from "./listen-address.ts";

const cluster = process.getBuiltinModule("node:cluster");
const net = process.getBuiltinModule("node:net");

/**
 * A socket that is bound already, where that can be had: for an IPv4 address, on a Node that has `BoundSocket`.
 * `Server.listen` looks every host up, addresses too: to load the resolver, and to compile what tells an IPv6 address,
 * takes it a quarter of the time of a bare `node -e 0`. A worker of `node:cluster` must ask its primary for the port,
 * which only `Server.listen` does.
 *
 * @throws What the system said, when the address cannot be had.
 */
export function boundSocket(address: ListenAddress): BoundSocket | undefined {
  if (!("port" in address) || !("BoundSocket" in net) || cluster.isWorker) return undefined;
  const { host = "127.0.0.1", port, reusePort = false } = address;
  return net.isIPv4(host) ? new net.BoundSocket({ host, port, reusePort }) : undefined;
}
