/** Everything that can be typed, from the tables of options and commands: what the scripts for each shell are made of. */
import { COMMANDS, DEFAULT_COMMAND, type CommandSpec } from "../commands.ts";
import { OPTIONS, type OptionName } from "../options.ts";
import type { OptionSpec } from "../options/option-spec.ts";

export interface CompletedCommand {
  /** One word, or two. */
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  readonly words: readonly CompletedWord[];
}

export interface CompletedOption {
  /** As typed: `--port`, `-p`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Whether it makes sense to give it again. */
  readonly isRepeated: boolean;
  /** What follows it; `undefined` for a switch. */
  readonly value: CompletedWord | undefined;
}

export interface CompletedWord {
  readonly name: string;
  readonly isFile: boolean;
  readonly choices: readonly string[];
  readonly isRepeated: boolean;
}

const HELP: readonly CompletedOption[] = [
  { names: ["--help", "-h"], description: "Show this help", isRepeated: false, value: undefined },
  { names: ["--version", "-v"], description: "Show the version", isRepeated: false, value: undefined },
];

const FILE_WORDS: ReadonlySet<string> = new Set(["root", "file"]);

/** The one that needs no name comes first. */
export function completedCommands(): CompletedCommand[] {
  const all = Object.entries<CommandSpec>(COMMANDS).map(([name, spec]) => ({
    name,
    summary: spec.summary,
    options: [...spec.options.flatMap(completedOption), ...HELP],
    words: spec.positionals.map((word) => ({
      name: word.name,
      isFile: FILE_WORDS.has(word.name),
      choices: word.choices ?? [],
      isRepeated: word.isRepeated ?? false,
    })),
  }));
  return all.toSorted((a, b) => Number(b.name === DEFAULT_COMMAND) - Number(a.name === DEFAULT_COMMAND));
}

function completedOption(name: OptionName): CompletedOption[] {
  const spec: OptionSpec = OPTIONS[name];
  if (spec.isPositional === true) return [];
  const { short, description, type, value, choices = [] } = spec;
  const names = [...longNames(name, spec), ...(short === undefined ? [] : [`-${short}`])];
  const isRepeated = type === "list";
  if (value === undefined) return [{ names, description, isRepeated, value: undefined }];
  const isFile = spec.isPath === true || FILE_WORDS.has(value);
  return [{ names, description, isRepeated, value: { name: value, isFile, choices, isRepeated: false } }];
}

/** Of a switch, what changes something: both where it depends on other options what holds by itself. */
function longNames(name: OptionName, { type, default: fallback }: OptionSpec): string[] {
  if (type === "boolean" && fallback === undefined) return [`--${name}`, `--no-${name}`];
  return [fallback === true ? `--no-${name}` : `--${name}`];
}
