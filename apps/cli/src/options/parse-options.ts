/** What tinyhttp parse reads. */
import type { OptionSpec } from "./option-spec.ts";

export const PARSE_OPTIONS = {
  request: {
    type: "boolean",
    group: "parse",
    default: false,
    description: "Read requests, whatever the first bytes look like",
  },
  response: {
    type: "boolean",
    group: "parse",
    default: false,
    description: "Read responses, whatever the first bytes look like",
  },
  method: {
    type: "string",
    group: "parse",
    value: "list",
    description: "Read responses to requests with these methods, as in HEAD,GET; those behind the last are GET",
  },
} as const satisfies Record<string, OptionSpec>;
