/** One app on several threads behind one port: supervised, drained and reloaded without a failed request. */
export { createThreadServer, ThreadServer } from "./thread-server.ts";
export type { CloneableServerOptions, ThreadServerOptions } from "./options.ts";
export type { SharedAddress } from "./shared-port.ts";
export type { ThreadEvent } from "./thread-event.ts";
export type { AppModule, ThreadContext } from "./app-module.ts";
export { ThreadServerError, type ThreadServerErrorCode } from "./thread-server-error.ts";
