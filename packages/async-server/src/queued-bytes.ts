import type { Socket } from "node:net";

/**
 * How much of an encrypted connection waits in Node for the system to take it. A `TLSSocket` itself only knows of whole
 * writes that are over, and one may take a slow client minutes. 0 for a connection that is not encrypted.
 */
export function queuedBytes(socket: Socket): number {
  // Node declares neither: what the socket was made on, and what that has in hand.
  const { _parent } = socket as unknown as { _parent?: { _handle?: { writeQueueSize?: number } | null } | null };
  return _parent?._handle?.writeQueueSize ?? 0;
}
