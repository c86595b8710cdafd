/** What is served, told in data that can be handed to another thread. */
import type { Handler } from "@tinyhttp/handler";
import { directoryHandler, moduleHandler } from "./compose-handler.ts";
import type { Options } from "./options.ts";

export interface App {
  readonly options: Options;
}

/** @param threads How many threads serve this; each may use its share of the memory for hot files. */
export function appHandler({ options }: App, threads: number): Promise<Handler> {
  return options.handler === undefined ? directoryHandler(options, threads) : moduleHandler(options.handler);
}
