/** Options of the server, as data that can be handed to another thread. */
import type { CloneableServerOptions } from "@tinyhttp/thread-server";
import type { Options } from "./options.ts";

export function serverOptions(options: Options): CloneableServerOptions {
  return {
    maxConnections: options["max-connections"],
    maxConnectionsPerAddress: options["max-connections-per-address"],
  };
}
