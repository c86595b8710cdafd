/**
 * The end of a log where bytes leave the program. A file or terminal is written on Node's thread pool, which never
 * holds up the event loop. A pipe or socket is written by the event loop when its reader has made room: a thread that
 * waits for a reader that never reads would also keep the process from ending.
 */
const { close, fstatSync, write } = process.getBuiltinModule("node:fs");
const { Socket } = process.getBuiltinModule("node:net");

/** @param written Bytes that were taken, before the error if there was one. */
type WhenWritten = (error: NodeJS.ErrnoException | null, written: number) => void;

export interface LogSink {
  /** One write at a time. It may take fewer bytes than it was given. */
  readonly write: (bytes: Uint8Array, done: WhenWritten) => void;
  readonly close: () => void;
}

export function logSink(fd: number): LogSink {
  return isStream(fd) ? streamSink(fd) : fileSink(fd);
}

function isStream(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    return stats.isFIFO() || stats.isSocket();
  } catch {
    // Closed: every write will say so.
    return false;
  }
}

function fileSink(fd: number): LogSink {
  return {
    write: (bytes, done) => write(fd, bytes, 0, bytes.length, null, done),
    close: () => close(fd),
  };
}

function streamSink(fd: number): LogSink {
  const socket = new Socket({ fd, readable: false, writable: true });
  // Each write reports its own error.
  socket.on("error", () => {});
  return {
    write: (bytes, done) => {
      socket.write(bytes, (error) => done(error ?? null, error ? 0 : bytes.length));
    },
    close: () => socket.destroy(),
  };
}
