import type { AddressInfo, Server } from "node:net";

/** Where to listen: a TCP port, a Unix socket, or a socket that another process has opened already. */
export type ListenAddress =
  | {
      /** 0 to 65535; 0 lets the system choose. */
      readonly port: number;
      /** A name or an IP address, IPv6 without brackets. Default `127.0.0.1`: exposure is for the caller to ask for. */
      readonly host?: string | undefined;
      /** Several processes or threads share the port, and the system spreads connections over them. Default `false`. */
      readonly reusePort?: boolean | undefined;
    }
  | {
      /** A Unix socket. A socket file that nobody answers on any more is replaced; any other file is an error. */
      readonly path: string;
      /** Permission bits of the socket file, for example `0o660`. Default: what the umask leaves. */
      readonly mode?: number | undefined;
    }
  | {
      /** Number of an open, listening descriptor (see `inheritedListenAddress`). */
      readonly fd: number;
    }
  | {
      /** A socket that another thread of this process has released (see `Listener.release`), as it was received. */
      readonly server: Server;
    };

/** Where a listener listens, once the system has decided what was left open. */
export type BoundAddress =
  | {
      readonly kind: "tcp";
      readonly host: string;
      readonly port: number;
      /** An origin without a trailing slash: `http://127.0.0.1:6789`, `http://[::1]:6789`. */
      readonly url: string;
    }
  | {
      readonly kind: "unix";
      /** Empty for an inherited socket on systems other than Linux, which do not tell. */
      readonly path: string;
      /** `unix:` and the path. */
      readonly url: string;
    };

/** Describes what `net.Server.address()` reports. */
export function boundAddress(address: string | AddressInfo, urlScheme: string): BoundAddress {
  if (typeof address === "string") return { kind: "unix", path: address, url: `unix:${address}` };
  const { address: host, port } = address;
  return { kind: "tcp", host, port, url: `${urlScheme}://${formatAuthority(host, port)}` };
}

/**
 * A host and a port as they stand in a URL (RFC 3986 §3.2): IPv6 in brackets, a zone identifier percent-encoded
 * (RFC 6874 §2).
 */
export function formatAuthority(host: string, port: number): string {
  return host.includes(":") ? `[${host.replace("%", "%25")}]:${port}` : `${host}:${port}`;
}

/** For error messages: the address as its user wrote it. */
export function describeAddress(address: ListenAddress): string {
  if ("fd" in address) return `descriptor ${address.fd}`;
  if ("server" in address) return "the socket of another thread";
  if ("path" in address) return `socket "${address.path}"`;
  return formatAuthority(address.host ?? "127.0.0.1", address.port);
}
