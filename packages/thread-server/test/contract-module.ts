/** The contract's handler, as a module for threads. */
import type { AsyncServerOptions } from "@tinyhttp/async-server";
import type { Handler } from "@tinyhttp/handler";
import { contractHandler } from "@tinyhttp/server-contract";

export function createHandler(): Handler {
  return contractHandler;
}

export function createServerOptions(): AsyncServerOptions {
  return { onError: () => {} };
}
