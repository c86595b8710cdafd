/** What a failed file system call means to the client. Pure. */

// The name leads to nothing that may be read. All of them look the same from outside (404), so that nobody learns
// which names exist but are locked.
const ABSENT: ReadonlySet<string> = new Set([
  "ENOENT",
  "ENOTDIR",
  "EISDIR",
  "EACCES",
  "EPERM",
  "ELOOP",
  "ENAMETOOLONG",
  "EINVAL",
  "ENXIO",
  "ENODEV",
  "EOPNOTSUPP",
  "EILSEQ",
  "ERR_INVALID_ARG_VALUE",
]);
// Out of descriptors or memory, or a lease is being taken back: the same request may succeed a moment later.
const BUSY: ReadonlySet<string> = new Set(["EMFILE", "ENFILE", "ENOMEM", "EAGAIN", "EWOULDBLOCK"]);

/** `absent`: 404. `busy`: 503, to be retried. `broken`: 500; the disk or the programme is at fault. */
export type FileFailure = "absent" | "busy" | "broken";

export function fileFailureOf(error: unknown): FileFailure {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (ABSENT.has(code)) return "absent";
  return BUSY.has(code) ? "busy" : "broken";
}
