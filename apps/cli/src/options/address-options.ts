/** Where the program listens, and with how many threads. */
import type { OptionSpec } from "./option-spec.ts";

export const ADDRESS_OPTIONS = {
  port: {
    type: "number",
    group: "address",
    short: "p",
    value: "number",
    max: 65_535,
    default: 6789,
    description: "Port; 0 lets the system choose. When the default is taken, the next free port is used",
  },
  host: {
    type: "string",
    group: "address",
    value: "address",
    description:
      "Address to listen on; by itself 127.0.0.1 in private mode, and every address of this machine in others",
  },
  socket: {
    type: "string",
    group: "address",
    value: "path",
    isPath: true,
    description: "Listen on this Unix socket instead of a port; the umask says who may connect",
  },
  threads: {
    type: "string",
    group: "address",
    value: "number",
    default: "1",
    description: "Threads that share the port and the work; auto for one per processor",
  },
} as const satisfies Record<string, OptionSpec>;
