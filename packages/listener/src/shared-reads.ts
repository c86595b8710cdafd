/**
 * Reads of all connections into one buffer. A `data` event costs a buffer, an event and the collection of both; with a
 * buffer that is used again, a server that answers small requests needs 14 % less CPU time for each, and a connection
 * that waits holds no memory to read into.
 *
 * Node has this as `onread`, for sockets that connect. For accepted ones there is no public way, so what is relied on
 * here without being documented is, in Node 22 to 26: that `_handle` of a socket can be taken over by another one, that
 * it has `useUserBuffer` then, and that a server counts its connections by `_server`. Where the first two are missing,
 * the socket stays as it is and what it reads is diverted: slower, and otherwise the same.
 */
import type { Server, Socket } from "node:net";

const { Socket: NetSocket } = process.getBuiltinModule("node:net");

/** The most that one read brings; the system library under Node reads no more at a time either. */
const READ_BYTES = 65_536;

/** Where a connection's bytes go. */
export interface ByteReceiver {
  /** @param bytes Borrowed: they are valid during the call, and the next read of any connection overwrites them. */
  onBytes(bytes: Uint8Array): void;
}

/** What Node's sockets have and does not declare. */
interface Internals {
  _handle: { readonly useUserBuffer?: unknown } | null | undefined;
  server: Server | null;
  _server: Server | null;
}

// Sockets refer to it for as long as they live, so it is never made anew. A Buffer, since text is had from one in a
// fifth of the time.
const shared: Uint8Array = Buffer.alloc(READ_BYTES);
// Requests of one kind have one length: the view of the last read serves most of the next ones.
let view = shared;

class SharedReadSocket extends NetSocket {
  receiver: ByteReceiver | undefined;

  constructor(handle: object) {
    const onread = { buffer: shared, callback: (size: number): boolean => this.#receive(size) };
    // Node's types know `onread` for `connect` only, and `handle` not at all.
    super({ handle, allowHalfOpen: true, onread } as object);
  }

  #receive(size: number): boolean {
    if (view.length !== size) view = shared.subarray(0, size);
    this.receiver?.onBytes(view);
    return true;
  }
}

/**
 * Takes over the connection of a socket that was accepted with `pauseOnConnect`.
 *
 * @returns The socket to use instead; the same one where sharing is not possible.
 */
export function withSharedReads(accepted: Socket): Socket {
  const before = accepted as unknown as Internals;
  const handle = before._handle;
  if (typeof handle?.useUserBuffer !== "function") return accepted;
  before._handle = null;
  const socket = new SharedReadSocket(handle);
  const after = socket as unknown as Internals;
  // Whoever has these when it is destroyed is counted off.
  [after.server, after._server] = [before.server, before._server];
  [before.server, before._server] = [null, null];
  return socket;
}

/**
 * Sends what a socket reads to `receiver`, instead of whoever had it before, and begins to read. For sockets of a
 * listener with `sharedReads`, which have no `data` events.
 */
export function receiveBytes(socket: Socket, receiver: ByteReceiver): void {
  if (socket instanceof SharedReadSocket) socket.receiver = receiver;
  else divertReads(socket, receiver);
  socket.resume();
}

/** Ends {@link receiveBytes}: what comes now is the stream's, whoever reads that. */
export function stopReceiving(socket: Socket): void {
  if (socket instanceof SharedReadSocket) return;
  socket.removeAllListeners("data");
  // The one below; that of its class is left.
  Reflect.deleteProperty(socket, "push");
}

/**
 * For sockets that cannot share a buffer: encrypted ones, which decrypt into memory of their own. What a socket has read
 * it gives to its stream's `push`, as all streams do; the stream then looks after a buffer that is empty, emits an
 * event, and asks for a turn of its own to see whether to read more. Without that an encrypted request costs a tenth
 * less. While the stream is paused, or holds something, it does its work.
 */
function divertReads(socket: Socket, receiver: ByteReceiver): void {
  stopReceiving(socket);
  const forward = (chunk: Uint8Array): void => receiver.onBytes(chunk);
  socket.on("data", forward);
  socket.push = (chunk: Uint8Array | null): boolean => {
    if (chunk === null || socket.isPaused() || socket.readableLength > 0) {
      return NetSocket.prototype.push.call(socket, chunk);
    }
    forward(chunk);
    return true;
  };
}
