/** How much the program takes of whom. In public mode each limit has a value, and none can be switched off. */
import type { OptionSpec } from "./option-spec.ts";

export const LIMITS_OPTIONS = {
  "rate-limit": {
    type: "string",
    group: "limits",
    value: "rate",
    description:
      "Requests of one address: 100/s, or 100/s,1000 with 1000 at once. public: 100/s,1000; else without limit",
  },
  "rate-limit-per-key": {
    type: "string",
    group: "limits",
    value: "rate",
    description: "Requests with one key, written in the same way. public: 1000/s; else without limit",
  },
  "rate-limit-in-total": {
    type: "string",
    group: "limits",
    value: "rate",
    description: "Requests of all together. public: 20000/s; else without limit",
  },
  "max-requests-per-address": {
    type: "number",
    group: "limits",
    value: "number",
    min: 1,
    max: 1_000_000,
    description: "Requests of one address at a time. public: 128; else without limit",
  },
  "max-connections": {
    type: "number",
    group: "limits",
    value: "number",
    min: 1,
    max: 1_000_000,
    description: "Connections at a time; by itself 10000, or fewer where the system lends fewer descriptors",
  },
  "max-connections-per-address": {
    type: "number",
    group: "limits",
    value: "number",
    min: 1,
    max: 1_000_000,
    description: "Connections of one address at a time; by itself 256, not counting this machine's own",
  },
  redis: {
    type: "string",
    group: "limits",
    value: "url",
    description:
      "Count rates in Redis, together with other machines: redis://host:6379 or rediss://; needs the package ioredis",
  },
  "redis-password-file": {
    type: "string",
    group: "limits",
    value: "file",
    isPath: true,
    isSecret: true,
    description: "File with the password for Redis; the environment may have it in TINYHTTP_REDIS_PASSWORD",
  },
} as const satisfies Record<string, OptionSpec>;
