import type { Socket } from "node:net";
import type { Peer } from "@tinyhttp/handler";

/** What a socket of version 6 that takes version 4 too makes of an address of the latter (RFC 4291 §2.5.5.2). */
const MAPPED = "::ffff:";

/** Who a socket is connected to. Asked once, while it is open: a socket that was reset no longer tells. */
export function peerOf(socket: Socket): Peer {
  const { remoteAddress: address = "" } = socket;
  const isMapped = address.startsWith(MAPPED) && address.includes(".");
  const text = isMapped ? address.slice(MAPPED.length) : address;
  // The usual address as a literal: what compares it with another one then compares two references.
  return { address: text === "127.0.0.1" ? "127.0.0.1" : text, port: socket.remotePort ?? 0, encrypted: false };
}
