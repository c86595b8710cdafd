import type { CompletedCommand, CompletedOption } from "./vocabulary.ts";

/** @param commands The one that needs no name first. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const firstWords = new Set(commands.map(({ name }) => name.split(" ")[0]));
  const others = commands.slice(1).map(({ name }) => name.split(" ")[0]);
  const noOther = `not __fish_seen_subcommand_from ${[...new Set(others)].join(" ")}`;
  const lines = commands.flatMap((command, index) => [
    `# ${command.name}`,
    nameLine(command, firstWords),
    ...choiceLines(command),
    ...command.options.map((option) => optionLine(option, index === 0 ? noOther : seen(command.name))),
  ]);
  return `# tinyhttp in fish: tinyhttp completion fish | source\ncomplete -c tinyhttp -e\n${lines.join("\n")}\n`;
}

function nameLine({ name, summary }: CompletedCommand, firstWords: ReadonlySet<string | undefined>): string {
  const [first = "", second] = name.split(" ");
  const condition = second === undefined ? startOf(firstWords) : seen(first);
  const family = second === undefined ? "" : `complete -c tinyhttp -n '${startOf(firstWords)}' -a ${first}\n`;
  return `${family}complete -c tinyhttp -n '${condition}' -a ${second ?? first} -d ${quoted(summary)}`;
}

function startOf(firstWords: ReadonlySet<string | undefined>): string {
  return `not __fish_seen_subcommand_from ${[...firstWords].join(" ")}`;
}

function choiceLines({ name, words }: CompletedCommand): string[] {
  return words
    .filter(({ choices }) => choices.length > 0)
    .map(({ choices }) => `complete -c tinyhttp -n '${seen(name)}' -f -a '${choices.join(" ")}'`);
}

function optionLine({ names, description, value }: CompletedOption, condition: string): string {
  const forms = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  return [
    `complete -c tinyhttp -n '${condition}'`,
    ...forms,
    ...(value === undefined ? [] : [value.isFile ? "-r -F" : "-x"]),
    ...(value === undefined || value.choices.length === 0 ? [] : [`-a '${value.choices.join(" ")}'`]),
    `-d ${quoted(description)}`,
  ].join(" ");
}

function seen(name: string): string {
  return name
    .split(" ")
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join("; and ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
