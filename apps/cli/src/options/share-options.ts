/** How what is served is shown to people, and for how long. */
import type { OptionSpec } from "./option-spec.ts";

export const SHARE_OPTIONS = {
  open: {
    type: "boolean",
    group: "share",
    default: false,
    description: "Open the address in the browser",
  },
  qr: {
    type: "boolean",
    group: "share",
    default: false,
    description: "Show a QR code of the address, for a phone",
  },
  for: {
    type: "string",
    group: "share",
    value: "time",
    description: "Stop by itself after this time, as in 90s, 30m, 2h or 1h30m, when what is under way has finished",
  },
  once: {
    type: "boolean",
    group: "share",
    default: false,
    description: "Stop by itself when somebody has downloaded the file; only for one file",
  },
} as const satisfies Record<string, OptionSpec>;
