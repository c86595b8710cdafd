/**
 * Who was refused, which keys changed, and with what the program started: a JSON object per line, as an audit log can take
 * it. No record has a secret in it. Without `--security-log`, only what the operator must know reaches standard error.
 */
import type { SecurityEvent } from "@tinyhttp/auth-modes";
import { LogWriter, openLogFile } from "./log-writer.ts";
import type { Options } from "./options.ts";
import { showable } from "./safe-text.ts";
import { STDOUT, warn } from "./terminal.ts";

export interface SecurityLog {
  readonly onSecurityEvent: (event: SecurityRecord) => void;
  /** Present when lines go to a file, which log rotation may want opened again. */
  readonly reopen: (() => void) | undefined;
  /** Writes what waits. */
  readonly close: () => Promise<void>;
}

/** What an event of the access policy says, and with what a server was started. */
export type SecurityRecord = SecurityEvent & { readonly configuration?: Readonly<Record<string, unknown>> };

/** @throws {CannotRun} The file cannot be opened. */
export function openSecurityLog(options: Pick<Options, "security-log">): SecurityLog {
  const target = options["security-log"];
  if (target === undefined) return { onSecurityEvent: warnOperator, reopen: undefined, close: async () => {} };
  const isFile = target !== "-";
  const destination = isFile ? openLogFile(target) : { name: "standard output", path: undefined, fd: STDOUT };
  const writer = new LogWriter(destination, warn);
  return {
    onSecurityEvent: (event) => {
      warnOperator(event);
      writer.write(securityLine(event));
    },
    reopen: isFile ? () => writer.reopen() : undefined,
    close: () => writer.close(),
  };
}

// JSON leaves DEL, C1 and bidirectional controls as they are; a reader of the raw file must not meet them.
const NOT_PRINTABLE = /[^\u0020-\u007e]/g;

export function securityLine(event: SecurityRecord): string {
  return JSON.stringify(event).replace(
    NOT_PRINTABLE,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A key file that cannot be read any more is not seen from outside: the server goes on with what it had. */
function warnOperator({ event, reason = "it cannot be read" }: SecurityRecord): void {
  if (event === "file-rejected") warn(`${showable(reason)}; what was read before still holds`);
}
