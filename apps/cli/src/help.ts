/** The help text, written by yargs from the tables of options and commands. Loaded only when somebody asks for it. */
import yargs from "yargs";
import { commandForm, COMMANDS, commandsOf, DEFAULT_COMMAND, type CommandName, type CommandSpec } from "./commands.ts";
import { optionEntries } from "./options.ts";
import { OPTION_GROUPS, type OptionSpec } from "./options/option-spec.ts";

/** @param width Columns to wrap at. */
export async function helpText(command: CommandName, width: number): Promise<string> {
  const spec: CommandSpec = COMMANDS[command];
  const parser = yargs([]).scriptName("tinyhttp").usage(usage(command, spec)).wrap(width).help(false).version(false);
  // Otherwise headings would be in the language of the environment, and all between them in English.
  parser.locale("en").updateStrings({ "Positionals:": "Argument:" });
  for (const { name, description, default: fallback } of spec.positionals) {
    parser.positional(name, { describe: fallback === undefined ? description : `${description} (${fallback})` });
  }
  for (const [name, option] of optionEntries()) {
    if (spec.options.includes(name) && option.isPositional !== true)
      parser.option(nameAndValue(name, option), describeOption(option));
  }
  parser.option("help", { alias: "h", describe: "Show this help", group: "And:" });
  parser.option("version", { alias: "v", describe: "Show the version", group: "And:" });
  for (const [line, effect] of spec.examples) parser.example(line, effect);
  if (command === DEFAULT_COMMAND) parser.epilogue(otherCommands());
  return parser.getHelp();
}

/** For the first word of several commands: what each of them does. */
export function familyHelpText(family: string): string {
  const names = commandsOf(family);
  const forms = names.map(commandForm);
  const width = Math.max(...forms.map((form) => form.length));
  const lines = names.map((name, index) => `  ${forms[index]?.padEnd(width)}  ${COMMANDS[name].summary}`);
  return [...lines, "", `tinyhttp ${names[0]} --help shows the options; so it does for each`].join("\n");
}

function usage(command: CommandName, { summary }: CommandSpec): string {
  const form = commandForm(command);
  const shortest = command === DEFAULT_COMMAND ? form.replace(` ${command}`, ` [${command}]`) : form;
  return `${shortest} [options]\n\n${summary}`;
}

function otherCommands(): string {
  const others = Object.entries<CommandSpec>(COMMANDS).filter(([name]) => name !== DEFAULT_COMMAND);
  return others.map(([name, { summary }]) => `tinyhttp ${name} --help: ${summary}`).join("\n");
}

/** A switch that is on is shown by the name that turns it off; the value's name stands where the value goes. */
function nameAndValue(name: string, option: OptionSpec): string {
  if (option.default === true) return `no-${name}`;
  return option.value === undefined ? name : `${name} <${option.value}>`;
}

function describeOption(option: OptionSpec): { group: string; describe: string; alias?: string } {
  return {
    group: `${OPTION_GROUPS[option.group]}:`,
    describe: sentence(option),
    ...(option.short === undefined ? {} : { alias: option.short }),
  };
}

function sentence({ description, default: fallback }: OptionSpec): string {
  if (fallback === true) return `Do not ${description.charAt(0).toLowerCase()}${description.slice(1)}`;
  if (fallback === false || fallback === undefined) return description;
  return `${description} (${String(fallback)})`;
}
