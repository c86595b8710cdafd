/** `--once`: a file that is given to one person, once. */
import type { AsyncServerOptions, Exchange } from "@tinyhttp/async-server";
import { UsageError } from "./failure.ts";
import type { Options } from "./options.ts";

const { statSync } = process.getBuiltinModule("node:fs");

/** Pages and files of the program itself. */
const RESERVED = "/.tinyhttp/";

/** @throws {UsageError} It is asked for anything but a file. */
export function refuseOnceWithoutFile({ once, root, handler }: Options): void {
  if (!once || (handler === undefined && statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true)) return;
  const subject = JSON.stringify(handler ?? root);
  throw new UsageError(`Cannot serve ${subject} once, since it is not one file: name a file, or leave --once out`);
}

type Observers = Pick<AsyncServerOptions, "onExchange" | "onConnection" | "onError">;

/**
 * @param onDownloaded Told when somebody has the whole file.
 * @returns `observers`, and one more.
 */
export function watchForDownload(observers: Observers, onDownloaded: () => void): Observers {
  const onExchange = (exchange: Exchange): void => {
    observers.onExchange?.(exchange);
    if (isDownload(exchange)) onDownloaded();
  };
  return { ...observers, onExchange };
}

/** A part (206), a head, or an answer that broke off is no download. */
function isDownload({ request, status, complete }: Exchange): boolean {
  return complete && status === 200 && request.method === "GET" && !request.target.includes(RESERVED);
}
