/**
 * How threads come to one address. Each has a listening socket of its own on one TCP port, and the system spreads
 * connections over them (`SO_REUSEPORT`; decisions/006).
 */
import type { Server } from "node:net";
import { createListener, type ListenAddress } from "@tinyhttp/listener";

/** Where threads can listen. What is open already is not among it: the thread that crashes would take it along. */
export type SharedAddress = Exclude<ListenAddress, { readonly fd: number } | { readonly server: Server }>;

// Where libuv offers SO_REUSEPORT because the system balances with it; macOS has it without balancing.
const BALANCING_PLATFORMS: ReadonlySet<NodeJS.Platform> = new Set(["linux", "freebsd", "sunos", "aix"]);

export interface Sharing {
  /** For the first thread. The others listen where it does. */
  readonly address: ListenAddress;
  /** Whether another thread can listen there as well. */
  readonly isShared: boolean;
  /** Why not, as a sentence. */
  readonly reason?: string;
}

/** Decides whether threads can share `address` on `platform`. */
export function decideSharing(address: SharedAddress, platform: NodeJS.Platform): Sharing {
  if ("path" in address) {
    const reason = `Cannot share the Unix socket "${address.path}" between threads: one thread serves it alone`;
    return { address, isShared: false, reason };
  }
  const { host, port } = address;
  if (BALANCING_PLATFORMS.has(platform)) return { address: { host, port, reusePort: true }, isShared: true };
  const reason = `Cannot share port ${port} between threads: ${platform} does not spread connections over them; one thread serves it alone`;
  return { address: { host, port }, isShared: false, reason };
}

/**
 * Refuses a port on which somebody listens. The system would not: it takes a second program of the same user that
 * shares its port for one more thread of the first, and gives it a part of the connections.
 *
 * @returns How many connections the process can have, as the listener sees it.
 * @throws {ListenError} The address cannot be had.
 */
export async function claimAddress(address: SharedAddress): Promise<number> {
  const listener = createListener((socket) => socket.destroy());
  if ("path" in address || address.port === 0) return listener.maxConnections;
  await listener.listen({ host: address.host, port: address.port });
  await listener.close();
  return listener.maxConnections;
}
