import { ListenError } from "./listen-error.ts";

/**
 * Removes the socket file that a dead process has left at `path`, so that it can be bound again. A file that is not
 * a socket, and a socket that somebody answers on, stay.
 *
 * @throws {ListenError} `EEXIST` not a socket; `EADDRINUSE` somebody listens.
 */
export async function removeStaleSocket(path: string): Promise<void> {
  // Linux's abstract sockets have no file and end with their process.
  if (path.startsWith("\0")) return;
  const { lstat, unlink } = process.getBuiltinModule("node:fs/promises");
  const stats = await lstat(path).catch(() => undefined);
  if (stats === undefined) return;
  if (!stats.isSocket()) throw new ListenError({ path }, "EEXIST");
  if (await answers(path)) throw new ListenError({ path }, "EADDRINUSE");
  await unlink(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = process.getBuiltinModule("node:net").connect(path);
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    // Only a refusal proves that nobody listens: EACCES or a full backlog (EAGAIN) prove nothing.
    probe.once("error", (error) => resolve(!("code" in error && error.code === "ECONNREFUSED")));
  });
}
