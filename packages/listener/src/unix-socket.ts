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

/**
 * The path of a Unix socket that another process has bound, which Node does not know of. Empty where the system does not
 * tell: Linux does, in /proc/net/unix, and shows the NUL of an abstract socket as `@`.
 */
export function pathOfDescriptor(fd: number): string {
  const { readFileSync, readlinkSync } = process.getBuiltinModule("node:fs");
  try {
    const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1];
    // Num, RefCount, Protocol, Flags, Type, St, Inode, and Path unless nobody has bound it.
    const line = new RegExp(`^(?:\\S+ +){6}${inode} (.+)$`, "m").exec(readFileSync("/proc/net/unix", "utf8"));
    return line?.[1] ?? "";
  } catch {
    return "";
  }
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
