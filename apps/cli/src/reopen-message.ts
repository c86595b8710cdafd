/** How the main thread, which gets SIGHUP, tells the others. */
import { BroadcastChannel } from "node:worker_threads";

const CHANNEL = "tinyhttp:reopen-log";

export function reopenLogs(): void {
  const channel = new BroadcastChannel(CHANNEL);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads, not windows
  channel.postMessage(undefined);
  channel.close();
}

export function whenLogIsToReopen(reopen: () => void): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", reopen);
  channel.unref();
}
