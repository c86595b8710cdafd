/** `tinyhttp completion`: a script that has a shell complete the names of commands, options and values. */
import { bashCompletion } from "../completion/bash.ts";
import { fishCompletion } from "../completion/fish.ts";
import { completedCommands } from "../completion/vocabulary.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { UsageError } from "../failure.ts";
import { say, STDOUT } from "../terminal.ts";

const SCRIPTS = new Map([
  ["bash", bashCompletion],
  ["zsh", zshCompletion],
  ["fish", fishCompletion],
]);

export async function completion([shell = ""]: readonly string[]): Promise<void> {
  const script = SCRIPTS.get(shell);
  if (script === undefined) {
    const shells = [...SCRIPTS.keys()].join(", ");
    throw new UsageError(`Cannot complete in ${JSON.stringify(shell)}: write one of ${shells}`);
  }
  say(STDOUT, script(completedCommands()).trimEnd());
}
