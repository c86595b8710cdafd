/** Every byte back, in order: the smallest server on the listener. Read `echo.ts`, then `echo-server.ts`. */
export {
  createEchoServer,
  EchoServer,
  type CloseOptions,
  type EchoServerCounters,
  type EchoServerOptions,
} from "./echo-server.ts";
export type { EchoCounters } from "./echo.ts";
