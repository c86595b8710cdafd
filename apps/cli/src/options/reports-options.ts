/** What is reported while it runs, and what it is told beforehand. */
import type { OptionSpec } from "./option-spec.ts";

export const REPORTS_OPTIONS = {
  "access-log": {
    type: "string",
    group: "reports",
    value: "file",
    isPath: true,
    description: "Write a line per request to this file, or to standard output when it is -; SIGHUP reopens the file",
  },
  "log-format": {
    type: "string",
    group: "reports",
    value: "form",
    choices: ["pretty", "combined", "json"],
    description: "pretty, combined or json; by itself pretty on a terminal, else combined",
  },
  "security-log": {
    type: "string",
    group: "reports",
    value: "file",
    isPath: true,
    description:
      "Write a JSON line for each refusal, key change and start to this file, or to standard output when it is -",
  },
  quiet: {
    type: "boolean",
    group: "reports",
    short: "q",
    default: false,
    description: "Print nothing but warnings and errors",
  },
  debug: {
    type: "boolean",
    group: "reports",
    default: false,
    description: "Show the head of each request and of its answer, with secrets blanked out",
  },
  config: {
    type: "string",
    group: "configuration",
    value: "file",
    description: "Configuration in JSON; by itself tinyhttp.config.json in this directory, when there is one",
  },
} as const satisfies Record<string, OptionSpec>;
