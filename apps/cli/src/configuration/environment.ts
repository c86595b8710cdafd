/** What the environment says: `TINYHTTP_PORT`, `TINYHTTP_CLEAN_URLS` and so on, one variable for each option. */
import { UsageError } from "../failure.ts";
import { OPTIONS, optionEntries, type GivenOptions, type OptionName } from "../options.ts";
import type { OptionSpec } from "../options/option-spec.ts";
import { closestName } from "../suggestion.ts";
import { variableName, VARIABLE_PREFIX } from "./option-key.ts";
import { readOptionText } from "./option-text.ts";

export interface EnvironmentReading {
  readonly given: GivenOptions;
  /** Secrets that stood in variables themselves, by the option that would name their file. */
  readonly secrets: ReadonlyMap<OptionName, string>;
  /** Variables that look as if they were meant for this program and mean nothing to it, a sentence each. */
  readonly warnings: readonly string[];
}

const WORDS: Readonly<Record<string, boolean>> = { true: true, "1": true, false: false, "0": false };

/**
 * Reads the variables of these options. An empty variable counts as absent: that is how compose files and unit files
 * write one that is not set. A variable that holds a secret is removed from `env`, so that no child process, crash report
 * or later reader of the environment gets it.
 *
 * @param names The options of the command that runs.
 * @throws {UsageError} A value does not fit.
 */
export function readEnvironment(
  env: Record<string, string | undefined>,
  names: readonly OptionName[],
): EnvironmentReading {
  const given: Record<string, unknown> = {};
  const secrets = new Map<OptionName, string>();
  const warnings: string[] = [];
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith(VARIABLE_PREFIX)) continue;
    const text = env[variable] ?? "";
    const meaning = optionsByVariable().get(variable);
    if (meaning === undefined) warnings.push(unknownVariable(variable));
    if (meaning?.holdsSecret === true) delete env[variable];
    if (meaning === undefined || text === "" || !names.includes(meaning.name)) continue;
    if (meaning.holdsSecret) secrets.set(meaning.name, text);
    else given[meaning.name] = readVariable(variable, text, OPTIONS[meaning.name]);
  }
  refuseTwice(given, secrets);
  return { given, secrets, warnings };
}

interface VariableMeaning {
  readonly name: OptionName;
  /** Whether it holds the secret itself, not the name of the secret's file. */
  readonly holdsSecret: boolean;
}

let meanings: Map<string, VariableMeaning> | undefined;

function optionsByVariable(): Map<string, VariableMeaning> {
  if (meanings !== undefined) return meanings;
  meanings = new Map();
  for (const [name, spec] of optionEntries()) {
    if (spec.isTypedOnly === true) continue;
    meanings.set(variableName(name), { name, holdsSecret: false });
    if (spec.isSecret === true) meanings.set(secretVariable(name), { name, holdsSecret: true });
  }
  return meanings;
}

/** `TINYHTTP_REDIS_PASSWORD` for the option `redis-password-file`. */
export function secretVariable(name: OptionName): string {
  return variableName(name).replace(/_FILE$/, "");
}

function readVariable(variable: string, text: string, spec: OptionSpec): unknown {
  if (spec.type === "boolean") {
    const value = WORDS[text.toLowerCase()];
    if (value !== undefined) return value;
    throw new UsageError(`Cannot read ${variable} ${JSON.stringify(text)}: write true or false`);
  }
  if (spec.type !== "list") return readOptionText(variable, text, spec);
  // A field value may have commas in it; nothing else that comes in lists has.
  const parts = text.split(spec.value === "name: value" ? "\n" : ",").map((part) => part.trim());
  return parts.filter((part) => part !== "");
}

function refuseTwice(given: GivenOptions, secrets: ReadonlyMap<OptionName, string>): void {
  for (const name of secrets.keys()) {
    if (given[name] === undefined) continue;
    throw new UsageError(
      `Cannot read ${secretVariable(name)} and ${variableName(name)} at once: leave the first out, since files are safer`,
    );
  }
}

function unknownVariable(variable: string): string {
  const meant = closestName(variable, optionsByVariable().keys());
  return `${variable} has no effect: ${meant === undefined ? "no option has this name" : `perhaps ${meant} was meant`}`;
}
