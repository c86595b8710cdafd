import type { Socket } from "node:net";
import type { Peer } from "@tinyhttp/handler";

/** Who a socket is connected to. Asked once, while it is open: a socket that was reset no longer tells. */
export function peerOf(socket: Socket): Peer {
  return { address: socket.remoteAddress ?? "", port: socket.remotePort ?? 0, encrypted: false };
}
