/**
 * What was typed, read against the tables of options and commands. `node:util` does the splitting: it takes 1 ms
 * where yargs takes 50, and a bare `node -e 0` 20 (decisions/005). yargs writes the help (help.ts), from the same tables.
 */
import type { ParseArgsOptionsConfig } from "node:util";
import {
  commandForm,
  COMMANDS,
  commandsOf,
  DEFAULT_COMMAND,
  isCommandName,
  type CommandName,
  type CommandSpec,
} from "./commands.ts";
import { readOptionText } from "./configuration/option-text.ts";
import { UsageError } from "./failure.ts";
import { isOptionName, optionEntries, OPTIONS, type GivenOptions, type OptionName } from "./options.ts";
import type { OptionSpec } from "./options/option-spec.ts";
import { closestName } from "./suggestion.ts";

const { parseArgs } = process.getBuiltinModule("node:util");

export type CommandLine =
  /** Of one command; of the program when none was named. */
  | { readonly kind: "help"; readonly command: CommandName | undefined }
  /** Of all commands that begin with this word. */
  | { readonly kind: "family-help"; readonly family: string }
  | { readonly kind: "version" }
  | {
      readonly kind: "run";
      readonly command: CommandName;
      readonly positionals: readonly string[];
      readonly given: GivenOptions;
    };

type OptionToken = {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string;
  readonly inlineValue?: boolean;
};

/**
 * @param args Without the program's own name.
 * @throws {UsageError} In one sentence that says what would be right.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { tokens } = parseArgs({ args: [...args], options: splittingRules(), strict: false, tokens: true });
  const optionTokens: OptionToken[] = [];
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "option") optionTokens.push(token as OptionToken);
    else if (token.kind === "positional") words.push(token.value);
  }
  const wantsHelp = optionTokens.some((token) => token.name === "help");
  const [family = ""] = words;
  const found = findCommand(words);
  if (wantsHelp && found === undefined) return { kind: "family-help", family };
  const { command, positionals } = found ?? refuseUnfinished(words);
  if (wantsHelp)
    return { kind: "help", command: command === DEFAULT_COMMAND && family !== command ? undefined : command };
  if (optionTokens.some((token) => token.name === "version")) return { kind: "version" };
  const given = readOptions(optionTokens, command);
  checkCount(positionals, command);
  return { kind: "run", command, positionals, given };
}

function splittingRules(): ParseArgsOptionsConfig {
  const rules: ParseArgsOptionsConfig = {
    help: { type: "boolean", short: "h" },
    version: { type: "boolean", short: "v" },
  };
  for (const [name, spec] of optionEntries()) {
    if (spec.isPositional === true) continue;
    const takesValue = spec.type !== "boolean";
    rules[name] = {
      type: takesValue ? "string" : "boolean",
      ...(spec.short === undefined ? {} : { short: spec.short }),
    };
    if (!takesValue) rules[`no-${name}`] = { type: "boolean" };
  }
  return rules;
}

function readOptions(tokens: readonly OptionToken[], command: CommandName): GivenOptions {
  const { options }: CommandSpec = COMMANDS[command];
  const given: Record<string, unknown> = {};
  for (const token of tokens) {
    const negated = token.name.startsWith("no-") && isOptionName(token.name.slice(3));
    const name = negated ? token.name.slice(3) : token.name;
    if (!isOptionName(name) || isPositional(name)) throw unknownOption(token);
    const spec: OptionSpec = OPTIONS[name];
    if (negated && spec.type !== "boolean") {
      throw new UsageError(`There is no option ${quoted(token.rawName)}: to go without it, leave --${name} out`);
    }
    if (!options.includes(name)) throw strangeOption(name, command);
    const value = spec.type === "boolean" ? readSwitch(token, !negated) : readValue(token, spec);
    given[name] = spec.type === "list" ? [...((given[name] as string[] | undefined) ?? []), value] : value;
  }
  return given;
}

function readSwitch(token: OptionToken, on: boolean): boolean {
  if (token.value === undefined) return on;
  throw new UsageError(`Cannot read ${quoted(`${token.rawName}=${token.value}`)}: ${token.rawName} takes no value`);
}

function readValue(token: OptionToken, spec: OptionSpec): string | number {
  const { rawName, value } = token;
  const form = `${rawName} <${spec.value ?? "value"}>`;
  // An option where a value should stand is a forgotten value; `--name=-value` says that it is meant.
  if (value === undefined || value === "" || (value.startsWith("-") && value !== "-" && token.inlineValue !== true)) {
    throw new UsageError(`Cannot read ${rawName}: it needs a value, as in ${form}`);
  }
  return readOptionText(rawName, value, spec);
}

function isPositional(name: OptionName): boolean {
  const spec: OptionSpec = OPTIONS[name];
  return spec.isPositional === true;
}

/** It is an option, but of another command. */
function strangeOption(name: OptionName, command: CommandName): UsageError {
  const owners = Object.entries<CommandSpec>(COMMANDS).flatMap(([owner, { options }]) =>
    options.includes(name) ? [owner] : [],
  );
  const owner = owners.length === 1 ? owners[0] : owners.find((one) => one === DEFAULT_COMMAND);
  const whose = owner === undefined ? "" : `, which is for tinyhttp ${owner}`;
  return new UsageError(`The command ${command} has no option --${name}${whose}; leave it out`);
}

function unknownOption({ name, rawName }: OptionToken): UsageError {
  const known = Object.keys(splittingRules()).filter(
    (candidate) => !candidate.startsWith("no-") || name.startsWith("no-"),
  );
  const meant = rawName.startsWith("--") ? closestName(name, known) : undefined;
  const fix = meant === undefined ? "tinyhttp serve --help lists all options" : `perhaps --${meant} was meant`;
  return new UsageError(`There is no option ${quoted(rawName)}: ${fix}`);
}

/** Which command the first words name. `undefined` when they are but the beginning of a name of two words. */
function findCommand(words: readonly string[]): { command: CommandName; positionals: readonly string[] } | undefined {
  const [first = "", second = ""] = words;
  const both = `${first} ${second}`;
  if (isCommandName(both)) return { command: both, positionals: words.slice(2) };
  if (isCommandName(first)) return { command: first, positionals: words.slice(1) };
  return commandsOf(first).length > 0 ? undefined : { command: DEFAULT_COMMAND, positionals: words };
}

function refuseUnfinished([family = "", action]: readonly string[]): never {
  const actions = commandsOf(family).map((name) => name.slice(family.length + 1));
  const directory = `tinyhttp ./${family} serves a directory of that name`;
  if (action === undefined) {
    throw new UsageError(
      `Cannot tell what to do with ${family}: write one of ${actions.join(", ")} behind it; ${directory}`,
    );
  }
  const meant = closestName(action, actions);
  const fix = meant === undefined ? `write one of ${actions.join(", ")}` : `perhaps ${family} ${meant} was meant`;
  throw new UsageError(`There is no command ${quoted(`${family} ${action}`)}: ${fix}; ${directory}`);
}

function checkCount(positionals: readonly string[], command: CommandName): void {
  const { positionals: expected }: CommandSpec = COMMANDS[command];
  const form = commandForm(command);
  const missing = expected[positionals.length];
  if (missing !== undefined && missing.default === undefined) {
    throw new UsageError(`Cannot run ${command} without its ${missing.name}: write ${form}`);
  }
  const extra = positionals[expected.length];
  if (extra === undefined || expected.at(-1)?.isRepeated === true) return;
  const hint = expected.length === 0 ? "" : ", with quotes around a name that has spaces";
  throw new UsageError(`Cannot tell what ${quoted(extra)} is for: write ${form}${hint}`);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
