/** How commands print what they report. */
import type { OptionSpec } from "./option-spec.ts";

export const OUTPUT_OPTIONS = {
  json: {
    type: "boolean",
    group: "output",
    isTypedOnly: true,
    default: false,
    description: "Print JSON, for programs",
  },
} as const satisfies Record<string, OptionSpec>;
