/**
 * The command line, the environment and a configuration file into one set of options. Of what several of them say the
 * first in that order counts; lists are not joined.
 */
import { withDefaults, type GivenOptions, type OptionName, type Options } from "../options.ts";
import type { ConfigFile, ModeName } from "./config-file.ts";
import { readEnvironment, secretVariable } from "./environment.ts";
import { variableName } from "./option-key.ts";
import type { Origin } from "./origin.ts";

const { statSync } = process.getBuiltinModule("node:fs");

/** Read when it is there and no other is named. */
const CONFIG_FILE = "tinyhttp.config.json";

export interface Configuration {
  /** What anybody has said, and nothing that nobody has. */
  readonly given: GivenOptions;
  readonly options: Options;
  readonly origins: ReadonlyMap<OptionName, Origin>;
  /** Secrets that stood in the environment, by the option that would name their file. */
  readonly secrets: ReadonlyMap<OptionName, string>;
  readonly file: ConfigFile | undefined;
  /** A sentence each. */
  readonly warnings: readonly string[];
}

/**
 * @param typed What the command line says.
 * @param names The options of the command that runs.
 * @param env Loses the variables that hold secrets.
 * @throws {UsageError} A value does not fit; {@link CannotRun} when a file that was named cannot be read.
 */
export async function configure(
  typed: GivenOptions,
  names: readonly OptionName[],
  env: Record<string, string | undefined>,
): Promise<Configuration> {
  const { given: fromEnvironment, secrets, warnings } = readEnvironment(env, names);
  const file = await findConfigFile(typed.config ?? fromEnvironment.config);
  const mode = typed.mode ?? fromEnvironment.mode ?? file?.everywhere.given.mode;
  const given: Record<string, unknown> = {};
  const origins = new Map<OptionName, Origin>();
  for (const name of names) {
    const [value, origin] = strongest(name, mode, typed, fromEnvironment, file) ?? [];
    if (value === undefined || origin === undefined) continue;
    given[name] = value;
    origins.set(name, origin);
  }
  for (const name of secrets.keys()) origins.set(name, { kind: "environment", variable: secretVariable(name) });
  return { given, options: withDefaults(given), origins, secrets, file, warnings };
}

async function findConfigFile(named: string | undefined): Promise<ConfigFile | undefined> {
  if (named === undefined && statSync(CONFIG_FILE, { throwIfNoEntry: false }) === undefined) return undefined;
  const { readConfigFile } = await import("./config-file.ts");
  return readConfigFile(named ?? CONFIG_FILE);
}

function strongest(
  name: OptionName,
  mode: ModeName | undefined,
  typed: GivenOptions,
  fromEnvironment: GivenOptions,
  file: ConfigFile | undefined,
): readonly [unknown, Origin | undefined] | undefined {
  if (typed[name] !== undefined) return [typed[name], { kind: "command line" }];
  if (fromEnvironment[name] !== undefined) {
    return [fromEnvironment[name], { kind: "environment", variable: variableName(name) }];
  }
  for (const statement of [file?.byMode.get(mode ?? "private"), file?.everywhere]) {
    if (statement?.given[name] !== undefined) return [statement.given[name], statement.origins.get(name)];
  }
  return undefined;
}
