/** From what was typed to an exit code. */
import { readCommandLine } from "./command-line.ts";
import { COMMANDS } from "./commands.ts";
import { CannotRun, UsageError } from "./failure.ts";
import { say, STDERR, STDOUT, wantsColours, warn } from "./terminal.ts";

// Wide enough for the longest example; narrower terminals wrap earlier.
const HELP_WIDTH = 100;

async function main(args: readonly string[]): Promise<void> {
  const line = readCommandLine(args);
  switch (line.kind) {
    case "help": {
      const { helpText, overviewText, withHeadings } = await import("./help.ts");
      const { columns } = process.stdout;
      // Some terminals say that they have none.
      const width = columns > 0 ? Math.min(columns, HELP_WIDTH) : HELP_WIDTH;
      const text = await (line.command === undefined ? overviewText(width) : helpText(line.command, width));
      say(STDOUT, wantsColours(STDOUT, process.env) ? withHeadings(text) : text);
      return;
    }
    case "family-help": {
      const { familyHelpText } = await import("./help.ts");
      say(STDOUT, familyHelpText(line.family));
      return;
    }
    case "version": {
      const { packageVersion } = await import("./version.ts");
      say(STDOUT, packageVersion());
      return;
    }
    case "run": {
      const run = await COMMANDS[line.command].load();
      await run(line.positionals, line.given);
    }
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof CannotRun)) throw error;
  warn(error.message);
  if (process.argv.includes("--debug") && error.cause instanceof Error) say(STDERR, error.cause.stack ?? "");
  process.exitCode = error.exitCode;
}
