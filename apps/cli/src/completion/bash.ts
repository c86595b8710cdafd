import type { CompletedCommand, CompletedOption } from "./vocabulary.ts";

/**
 * For bash 3.2 (macOS) and later. An empty answer means file names to it, `-o default` says so.
 *
 * @param commands The one that needs no name first.
 */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const [first] = commands;
  return `# tinyhttp in bash: eval "$(tinyhttp completion bash)"
_tinyhttp() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command= words= files= word line
  local options="${optionWords(first)}"
  # bash takes --name=value for three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case $previous in
${valueCases(commands)}
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    [[ $word == -* ]] || command="\${command:+$command }$word"
  done
  case $command in
    "") words="${firstWords(commands)}" files=-f ;;
${commands.slice(1).map(commandCase).join("\n")}
${familyCases(commands)}  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ -n $words ]]; then
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen $files -W "$words" -- "$current")
  fi
}
complete -o default -o filenames -F _tinyhttp tinyhttp
`;
}

/** What may follow an option with a value, whichever command it belongs to. */
function valueCases(commands: readonly CompletedCommand[]): string {
  const options = new Map(commands.flatMap((command) => command.options).map((option) => [option.names[0], option]));
  const withValue = [...options.values()].filter(({ value }) => value !== undefined);
  const choosing = withValue.filter(({ value }) => (value?.choices ?? []).length > 0);
  const lines = choosing.map(
    ({ names, value }) =>
      `    ${names.join(" | ")}) COMPREPLY=($(compgen -W "${value?.choices.join(" ")}" -- "$current")); return ;;`,
  );
  const others = withValue.filter((option) => !choosing.includes(option)).flatMap(({ names }) => names);
  return [...lines, `    ${others.join(" | ")}) return ;;`].join("\n");
}

function commandCase({ name, words, options }: CompletedCommand): string {
  const choices = words.flatMap((word) => word.choices).join(" ");
  return `    "${name}" | "${name} "*) words="${choices}" options="${optionWords({ options })}" ;;`;
}

/** The second word of commands that have two. */
function familyCases(commands: readonly CompletedCommand[]): string {
  const families = Map.groupBy(
    commands.map(({ name }) => name.split(" ")).filter((words) => words.length > 1),
    ([family]) => family,
  );
  return [...families]
    .map(([family, names]) => `    "${family}") words="${names.map(([, action]) => action).join(" ")}" ;;\n`)
    .join("");
}

function firstWords(commands: readonly CompletedCommand[]): string {
  return [...new Set(commands.map(({ name }) => name.split(" ")[0]))].join(" ");
}

function optionWords(command: { readonly options: readonly CompletedOption[] } | undefined): string {
  return (command?.options ?? []).flatMap(({ names }) => names).join(" ");
}
