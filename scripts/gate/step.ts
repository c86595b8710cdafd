/** One check of the gate: a name, and a command or function that counts what passed and what failed. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** Shown when something failed. */
  readonly output: string;
}

export interface Step {
  readonly name: string;
  run(): Outcome;
}

export interface CommandResult {
  readonly succeeded: boolean;
  readonly output: string;
}

/** A command that is one check: exit code 0 passes. */
export function commandStep(name: string, command: string, ...words: string[]): Step {
  return {
    name,
    run() {
      const { succeeded, output } = runCommand(command, words);
      return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, output };
    },
  };
}

export function runCommand(command: string, words: readonly string[], cwd: string = ROOT): CommandResult {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    // Colour codes would stand in the way of reading the output in a log.
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", TURBO_TELEMETRY_DISABLED: "1" },
  });
  return { succeeded: status === 0, output: `${stdout ?? ""}${stderr ?? ""}${error ? String(error) : ""}` };
}
