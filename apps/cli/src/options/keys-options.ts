/** What a new key may do, and for how long. */
import type { OptionSpec } from "./option-spec.ts";

export const KEYS_OPTIONS = {
  holder: {
    type: "string",
    group: "keys",
    value: "name",
    isTypedOnly: true,
    description: "Whose the key is; everybody has two live keys at most, of which one is to follow the other",
  },
  description: {
    type: "string",
    group: "keys",
    value: "text",
    isTypedOnly: true,
    description: "What it is for",
  },
  scope: {
    type: "list",
    group: "keys",
    value: "word",
    isTypedOnly: true,
    default: ["read", "list"],
    description: "What it allows: read, list, write, delete, metrics or admin; repeat it for several",
  },
  path: {
    type: "list",
    group: "keys",
    value: "prefix",
    isTypedOnly: true,
    default: ["/"],
    description: "Below which path it allows that, as in /reports; repeat it for several",
  },
  expires: {
    type: "string",
    group: "keys",
    value: "when",
    isTypedOnly: true,
    description: "When it ends: so long from now (12h, 30d, 1y), or a date (2027-01-31); by itself never",
  },
  "not-before": {
    type: "string",
    group: "keys",
    value: "when",
    isTypedOnly: true,
    description: "When it begins, written in the same way; by itself at once",
  },
  overlap: {
    type: "string",
    group: "keys",
    value: "time",
    isTypedOnly: true,
    default: "1d",
    description: "How long the old key still works beside its successor (30m, 1d); 0 ends it at once",
  },
} as const satisfies Record<string, OptionSpec>;
