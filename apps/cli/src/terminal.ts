/** The three standard streams, written without the stream objects of Node: `process.stdout` costs 2 ms to make. */
import { isatty } from "node:tty";

// An `import` of a builtin reads each of its exports, and so loads what most are made of: for node:fs and node:util
// together 3 ms, of a start of 40.
const { writeSync } = process.getBuiltinModule("node:fs");

export const STDIN = 0;
export const STDOUT = 1;
export const STDERR = 2;

export type Environment = Readonly<Record<string, string | undefined>>;

export function isTerminal(fd: number): boolean {
  return isatty(fd);
}

/** Colours are for terminals that have them and people who want them (https://no-color.org). */
export function wantsColours(fd: number, env: Environment): boolean {
  return isTerminal(fd) && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}

/** Writes a line at once. A reader that has gone, or a terminal that was closed, is no reason to fail. */
export function say(fd: typeof STDOUT | typeof STDERR, line: string): void {
  try {
    writeSync(fd, `${line}\n`);
  } catch {
    // EPIPE, EIO, EAGAIN: nobody is there to be told.
  }
}

/** For everything that the person should know although it is not what they asked for. */
export function warn(sentence: string): void {
  say(STDERR, `tinyhttp: ${sentence}`);
}
