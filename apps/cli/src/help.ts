/** The help text, written by yargs from the tables of options and commands. Loaded only when somebody asks for it. */
import yargs, { type Argv } from "yargs";
import { commandForm, COMMANDS, commandsOf, DEFAULT_COMMAND, type CommandName, type CommandSpec } from "./commands.ts";
import { optionEntries, type OptionName } from "./options.ts";
import { OPTION_GROUPS, type OptionSpec } from "./options/option-spec.ts";

const { styleText } = process.getBuiltinModule("node:util");

/** What most people come for. A page of everything hides it. */
const MOST_WANTED: readonly OptionName[] = [
  "port",
  "mode",
  "tls-self-signed",
  "spa",
  "watch",
  "handler",
  "cors",
  "threads",
  "open",
  "qr",
  "for",
  "once",
  "access-log",
  "quiet",
];

/**
 * What can be done, and the options that most people want: fits on a screen.
 *
 * @param width Columns to wrap at.
 */
export async function overviewText(width: number): Promise<string> {
  const { examples, ...spec }: CommandSpec = COMMANDS[DEFAULT_COMMAND];
  const examplesWidth = Math.max(...examples.map(([line]) => line.length));
  const shown = examples.map(([line, effect]) => `  ${line.padEnd(examplesWidth)}  ${effect}`);
  const parser = emptyPage(width).usage(`${usage(DEFAULT_COMMAND, spec)}\n\n${shown.join("\n")}`);
  for (const name of otherCommands()) {
    parser.command(commandForm(name).slice("tinyhttp ".length), COMMANDS[name].summary);
  }
  for (const [name, option] of optionEntries()) {
    if (!MOST_WANTED.includes(name)) continue;
    parser.option(nameAndValue(name, option), { ...describeOption(option), group: "Often wanted:" });
  }
  parser.epilogue(`tinyhttp ${DEFAULT_COMMAND} --help lists every option; man tinyhttp is the manual`);
  return parser.getHelp();
}

/**
 * Everything about a command.
 *
 * @param width Columns to wrap at.
 */
export async function helpText(command: CommandName, width: number): Promise<string> {
  const spec: CommandSpec = COMMANDS[command];
  const parser = emptyPage(width).usage(usage(command, spec));
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
  return parser.getHelp();
}

/** The same, with headings that stand out on a terminal. */
export function withHeadings(text: string): string {
  return text.replace(/^\S.*:$/gm, (heading) => styleText("bold", heading, { validateStream: false }));
}

function emptyPage(width: number): Argv {
  // Otherwise headings would be in the language of the environment, and all between them in English.
  const page = yargs([])
    .scriptName("tinyhttp")
    .locale("en")
    .updateStrings({ "Positionals:": "Argument:", "Commands:": "Other commands:" });
  return page.wrap(width).help(false).version(false);
}

/** For the first word of several commands: what each of them does. */
export function familyHelpText(family: string): string {
  const names = commandsOf(family);
  const forms = names.map(commandForm);
  const width = Math.max(...forms.map((form) => form.length));
  const lines = names.map((name, index) => `  ${forms[index]?.padEnd(width)}  ${COMMANDS[name].summary}`);
  return [...lines, "", `tinyhttp ${names[0]} --help shows the options; so it does for each`].join("\n");
}

function usage(command: CommandName, { summary }: Pick<CommandSpec, "summary">): string {
  const form = commandForm(command);
  const shortest = command === DEFAULT_COMMAND ? form.replace(` ${command}`, ` [${command}]`) : form;
  return `${shortest} [options]\n\n${summary}`;
}

function otherCommands(): CommandName[] {
  return (Object.keys(COMMANDS) as CommandName[]).filter((name) => name !== DEFAULT_COMMAND);
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
