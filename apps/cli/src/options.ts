/** All options of the program in one table, and what it makes of values. Each entry is in the file of its subject. */
import { ACCESS_OPTIONS } from "./options/access-options.ts";
import { ADDRESS_OPTIONS } from "./options/address-options.ts";
import { ECHO_OPTIONS } from "./options/echo-options.ts";
import { FILES_OPTIONS } from "./options/files-options.ts";
import { KEYS_OPTIONS } from "./options/keys-options.ts";
import { LIMITS_OPTIONS } from "./options/limits-options.ts";
import type { OptionGroup, OptionSpec } from "./options/option-spec.ts";
import { OUTPUT_OPTIONS } from "./options/output-options.ts";
import { PARSE_OPTIONS } from "./options/parse-options.ts";
import { REPORTS_OPTIONS } from "./options/reports-options.ts";
import { SHARE_OPTIONS } from "./options/share-options.ts";
import { TRANSPORT_OPTIONS } from "./options/transport-options.ts";

export const OPTIONS = {
  ...ADDRESS_OPTIONS,
  ...SHARE_OPTIONS,
  ...ACCESS_OPTIONS,
  ...TRANSPORT_OPTIONS,
  ...LIMITS_OPTIONS,
  ...FILES_OPTIONS,
  ...REPORTS_OPTIONS,
  ...KEYS_OPTIONS,
  ...PARSE_OPTIONS,
  ...ECHO_OPTIONS,
  ...OUTPUT_OPTIONS,
};

export type OptionName = keyof typeof OPTIONS;

type ValueOf<Spec> = Spec extends { type: "boolean" }
  ? boolean
  : Spec extends { type: "number" }
    ? number
    : Spec extends { type: "list" }
      ? readonly string[]
      : Spec extends { choices: readonly (infer Choice)[] }
        ? Choice
        : string;

/** What the command line says, and nothing that it does not say. */
export type GivenOptions = { readonly [Name in OptionName]?: ValueOf<(typeof OPTIONS)[Name]> };

/** The same with defaults filled in. */
export type Options = {
  readonly [Name in OptionName]: (typeof OPTIONS)[Name] extends { default: unknown }
    ? ValueOf<(typeof OPTIONS)[Name]>
    : ValueOf<(typeof OPTIONS)[Name]> | undefined;
};

export function withDefaults(given: GivenOptions): Options {
  const values: Record<string, unknown> = {};
  for (const [name, spec] of optionEntries()) values[name] = given[name] ?? spec.default;
  // The table's type and this loop state the same thing; the compiler only sees the first.
  return values as Options;
}

export function optionEntries(): [OptionName, OptionSpec][] {
  return Object.entries(OPTIONS) as [OptionName, OptionSpec][];
}

/** The options of these groups, in the table's order. */
export function optionsIn(...groups: readonly OptionGroup[]): OptionName[] {
  return optionEntries().flatMap(([name, { group }]) => (groups.includes(group) ? [name] : []));
}

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

/** What can be said about serving: also what a configuration file and the environment can say. */
export const SERVE_OPTIONS: readonly OptionName[] = optionsIn(
  "address",
  "share",
  "access",
  "transport",
  "limits",
  "files",
  "answers",
  "reports",
  "configuration",
);
