import { dirname } from "node:path";
import { describeAddress, type ListenAddress } from "./listen-address.ts";

const { existsSync } = process.getBuiltinModule("node:fs");

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there",
  EACCES: "this user may not listen there",
  EADDRNOTAVAIL: "this machine has no such address",
  ENOTFOUND: "the host name has no address",
  ENOENT: "its directory does not exist",
  ENAMETOOLONG: "the path is too long for a Unix socket",
  EEXIST: "there is a file that is not a socket",
  EINVAL: "it is not a socket that can listen",
  ENOTSOCK: "it is not a socket",
  EBADF: "the descriptor is not open",
};

/** Listening failed. `code` is the system's word for it (`EADDRINUSE`, `EACCES` …); the message is one sentence. */
export class ListenError extends Error {
  static {
    this.prototype.name = "ListenError";
  }
  readonly code: string;
  readonly address: ListenAddress;

  constructor(address: ListenAddress, code: string, options?: ErrorOptions) {
    super(`Cannot listen on ${describeAddress(address)}: ${REASONS[code] ?? "the system refused"} (${code})`, options);
    this.code = code;
    this.address = address;
  }
}

/** What a failed system call tells, as a {@link ListenError}. */
export function listenErrorFrom(address: ListenAddress, cause: unknown): ListenError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "UNKNOWN";
  return new ListenError(address, "path" in address ? socketCode(address.path, code) : code, { cause });
}

/** The system library under Node has other words than the system for what is wrong with a socket's path. */
function socketCode(path: string, code: string): string {
  if (code === "EINVAL") return "ENAMETOOLONG";
  return code === "EACCES" && !existsSync(dirname(path)) ? "ENOENT" : code;
}
