import type { CompletedCommand, CompletedOption, CompletedWord } from "./vocabulary.ts";

/** @param commands The one that needs no name first. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef tinyhttp
# tinyhttp in zsh: source <(tinyhttp completion zsh)
_tinyhttp() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name.replaceAll(":", "\\:")}:${summary}`)}`).join("\n")}
  )
  case "\${words[2]} \${words[3]}" in
${commands
  .filter(({ name }) => name.includes(" "))
  .map((command) => branch(command, quoted(command.name), 2))
  .join("\n")}
  esac
  case "\${words[2]}" in
${commands
  .filter(({ name }) => !name.includes(" "))
  .map((command) => branch(command, command.name, 1))
  .join("\n")}
  esac
  (( CURRENT == 2 )) && _describe -t commands command commands
${argumentsOf(commands[0], "  ")}
}
if [[ \${funcstack[1]} == _tinyhttp ]]; then
  _tinyhttp "$@"
else
  compdef _tinyhttp tinyhttp
fi
`;
}

/** Behind the command's name, the rest is completed as if the name were the program's. */
function branch(command: CompletedCommand, pattern: string, words: number): string {
  return `    ${pattern})
      shift ${words} words; (( CURRENT -= ${words} ))
${argumentsOf(command, "      ")}
      return ;;`;
}

function argumentsOf(command: CompletedCommand | undefined, indent: string): string {
  const options = (command?.options ?? []).flatMap(optionSpecs);
  const words = (command?.words ?? []).map(wordSpec);
  return [`${indent}_arguments -s`, ...[...options, ...words].map((spec) => `${indent}  ${quoted(spec)}`)].join(
    " \\\n",
  );
}

function optionSpecs({ names, description, isRepeated, value }: CompletedOption): string[] {
  const others = names.length > 1 && !isRepeated ? `(${names.join(" ")})` : "";
  const follows = value === undefined ? "" : `:${value.name.replaceAll(":", "\\:")}:${actionOf(value)}`;
  const explanation = description.replaceAll(/[[\]:\\]/g, String.raw`\$&`);
  return names.map((name) => {
    // With = for the long form, so that --name=value is completed too.
    const form = value !== undefined && name.startsWith("--") ? `${name}=` : name;
    return `${isRepeated ? "*" : others}${form}[${explanation}]${follows}`;
  });
}

function wordSpec(word: CompletedWord): string {
  return `${word.isRepeated ? "*" : ""}:${word.name}:${actionOf(word)}`;
}

function actionOf({ isFile, choices }: CompletedWord): string {
  if (choices.length > 0) return `(${choices.join(" ")})`;
  return isFile ? "_files" : " ";
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
