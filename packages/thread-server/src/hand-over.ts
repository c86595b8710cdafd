/**
 * How a listening socket moves from a thread to the one that replaces it, with all connections that wait on it. The
 * two talk to each other; when one of them fails meanwhile, the other sees the channel close.
 */
import { once } from "node:events";
import { createServer, Server } from "node:net";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { AsyncServer } from "@tinyhttp/async-server";

/** Whether this Node can move a listening socket from thread to thread: 24.21 and 26 can, 22 cannot. */
export function canHandOver(): boolean {
  const { port1 } = new MessageChannel();
  const server = createServer();
  try {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    port1.postMessage(server, [server as never]);
    return true;
  } catch (error) {
    // It does not listen, so it cannot be moved; where none can, the error is another one.
    return error instanceof Error && "code" in error && error.code === "ERR_WORKER_HANDLE_NOT_TRANSFERABLE";
  } finally {
    port1.close();
  }
}

/** Gives the listening socket of `server` away as soon as `successor` asks for it, and says so. */
export function handOver(server: AsyncServer, successor: MessagePort, onHandedOver: () => void): void {
  successor.once("message", () => {
    // It may have been closed meanwhile; the successor then opens a socket of its own.
    if (server.address === undefined) {
      successor.close();
      return;
    }
    const released = server.release();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    successor.postMessage(released, [released as never]);
    successor.close();
    onHandedOver();
  });
}

/** Asks for the listening socket. `undefined` when there is nobody to give it any more. */
export async function takeOver(predecessor: MessagePort): Promise<Server | undefined> {
  const gone = once(predecessor, "close").then(() => undefined);
  // Listened to at once when it comes: the socket accepts connections from the next turn on.
  const given = once(predecessor, "message").then(([server]) => (server instanceof Server ? server : undefined));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  predecessor.postMessage("ready");
  return Promise.race([given, gone]);
}
