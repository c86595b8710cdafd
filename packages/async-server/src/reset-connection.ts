import type { Socket } from "node:net";

/** Ends a connection so that the client cannot take it for an orderly end: with RST, where the transport has it. */
export function resetConnection(socket: Socket): void {
  // Node can only reset what an encrypted socket was made on, and does not declare that.
  const transport = (socket as unknown as { _parent?: Socket | null })._parent ?? socket;
  // A Unix socket knows no reset.
  if (transport.remoteFamily === undefined) socket.destroy();
  else transport.resetAndDestroy();
}
