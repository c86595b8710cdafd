/** A Handler on a socket: HTTP/1.1 on one event loop, strict, bounded and fast. */
export { AsyncServer, type AsyncServerCounters, type CloseOptions, createAsyncServer } from "./async-server.ts";
export type { AsyncServerOptions } from "./options.ts";
export type { ConnectionEvent, Exchange } from "./observers.ts";

export type { TlsCertificate, TlsOptions } from "./tls/tls-options.ts";
export { TlsError, type TlsErrorCode } from "./tls/tls-error.ts";
export type { ProxyProtocolOptions } from "./proxy-protocol/trusted-proxies.ts";
