/** How much tinyhttp echo takes. */
import type { OptionSpec } from "./option-spec.ts";

export const ECHO_OPTIONS = {
  "idle-timeout": {
    type: "string",
    group: "echo",
    value: "time",
    isTypedOnly: true,
    default: "1m",
    description: "Give up a connection on which nothing moves for so long",
  },
  "max-bytes": {
    type: "number",
    group: "echo",
    value: "number",
    isTypedOnly: true,
    min: 1,
    max: 999_999_999,
    description: "Send no more bytes back than these on one connection, and end it; by itself without limit",
  },
} as const satisfies Record<string, OptionSpec>;
