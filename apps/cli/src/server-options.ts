/** Options of the server, as data that can be handed to another thread. */
import type { CloneableServerOptions } from "@tinyhttp/thread-server";
import type { Options } from "./options.ts";
import type { Transport } from "./tls/transport.ts";

export function serverOptions(options: Options, transport: Transport | undefined): CloneableServerOptions {
  const proxies = options["trusted-proxy"] ?? [];
  return {
    tls: transport?.tls,
    http2: options.http2,
    proxyProtocol: options["proxy-protocol"] ? { trusted: proxies } : undefined,
    maxConnections: options["max-connections"],
    maxConnectionsPerAddress: options["max-connections-per-address"],
  };
}
