/** Who may ask. */
import type { OptionSpec } from "./option-spec.ts";

export const ACCESS_OPTIONS = {
  mode: {
    type: "string",
    group: "access",
    value: "word",
    choices: ["private", "unprivate", "public"],
    default: "private",
    description: "private: this machine only. unprivate: who has a key. public: anyone may read",
  },
  "key-file": {
    type: "string",
    group: "access",
    value: "file",
    isPath: true,
    description:
      "File of API keys, which tinyhttp keys writes; by itself tinyhttp/keys.json in the configuration directory",
  },
  login: {
    type: "boolean",
    group: "access",
    default: true,
    description: "Let browsers exchange a key for a session on a page, when encrypted",
  },
  "session-file": {
    type: "string",
    group: "access",
    value: "file",
    isPath: true,
    description: "File of such sessions; by itself tinyhttp/sessions.json in the state directory",
  },
  "host-name": {
    type: "list",
    group: "access",
    value: "name",
    description: "Name that requests may give for this machine, besides localhost; private mode takes no other",
  },
  "query-key": {
    type: "boolean",
    group: "access",
    default: false,
    description: "Take a key from ?api_key= too, where browsers and proxies may keep it",
  },
  "trusted-proxy": {
    type: "list",
    group: "access",
    value: "network",
    description: "Believe what proxies of this network (10.0.0.0/8) say of their clients; repeat it for several",
  },
  "proxy-protocol": {
    type: "boolean",
    group: "access",
    default: false,
    description: "Read the PROXY protocol from trusted proxies",
  },
} as const satisfies Record<string, OptionSpec>;
